using System.Collections.Concurrent;
using System.Reflection;
using WeComOps.WeCom;

namespace WeComOps.Storage.Tests;

/// <summary>WeCom as a test says: a method nobody prepared fails the test. Counts every call by its method's name.</summary>
public class FakeApi : DispatchProxy
{
    private readonly ConcurrentDictionary<string, Func<object?[], object>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    public static (IWeComApi Api, FakeApi Fake) Create()
    {
        var api = Create<IWeComApi, FakeApi>();
        return (api, (FakeApi)(object)api);
    }

    public int CallsOf(string method) => _calls.GetValueOrDefault(method);

    public FakeApi On<T>(string method, Func<object?[], Task<ApiResult<T>>> answer)
    {
        _answers[method] = arguments => answer(arguments);
        return this;
    }

    public static ApiResult<T> Done<T>(T value) => new ApiResult<T>.Done(value, "{}");

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = targetMethod!.Name;
        _calls.AddOrUpdate(name, 1, (_, count) => count + 1);
        return _answers.TryGetValue(name, out var answer) ? answer(args!) : throw new InvalidOperationException($"Nobody prepared an answer for {name}.");
    }
}
