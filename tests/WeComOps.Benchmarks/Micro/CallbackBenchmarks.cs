using System.Globalization;
using System.Text;
using System.Web;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using WeComOps.Benchmarks.Load;
using WeComOps.WeCom;
using WeComOps.WeCom.Callback;

namespace WeComOps.Benchmarks.Micro;

/// <summary>What one callback costs before it is stored, and reading its event afterwards.</summary>
public class CallbackBenchmarks
{
    private readonly WeComEventReader _reader = new();
    private CallbackGate _gate = null!;
    private CallbackQuery _query = null!;
    private byte[] _body = [];
    private byte[] _message = [];
    private string _encrypted = "";
    private string _xml = "";

    [GlobalSetup]
    public void Prepare()
    {
        _gate = new CallbackGate(Options.Create(new WeComOptions
        {
            CorpId = Corp.Id,
            AgentId = Corp.AgentId,
            Callback = { Token = Corp.Token, EncodingAesKey = Corp.Key },
        }));
        const long Seconds = 1_790_000_000;
        _xml = Callbacks.Message(EventKind.Losses, "advisor001", "wmBenchAAAAAAAAAAAAAAAAAAAAAAAAAA", Seconds);
        _message = Encoding.UTF8.GetBytes(_xml);
        var (target, body) = Callbacks.Seal(new CallbackCrypto(Corp.Token, Corp.Key, Corp.Id), _xml, Seconds);
        _body = Encoding.UTF8.GetBytes(body);
        var query = HttpUtility.ParseQueryString(target[target.IndexOf('?', StringComparison.Ordinal)..]);
        _query = new CallbackQuery(query["msg_signature"]!, Seconds.ToString(CultureInfo.InvariantCulture), query["nonce"]!);
        if (!CallbackGate.TryReadEnvelope(_body, out _encrypted) || !_gate.TryOpen(_query, _encrypted, out _, out _))
        {
            throw new InvalidOperationException("The prepared callback is not accepted.");
        }
    }

    [Benchmark(Description = "outer XML, hardened")]
    public bool ReadEnvelope() => CallbackGate.TryReadEnvelope(_body, out _);

    [Benchmark(Description = "verify and decrypt")]
    public bool VerifyAndDecrypt() => _gate.TryOpen(_query, _encrypted, out _, out _);

    [Benchmark(Description = "inner XML, hardened")]
    public bool ReadMessage() => CallbackGate.TryReadMessage(_message, out _, out _);

    [Benchmark(Description = "read the event")]
    public object ReadEvent() => _reader.Read(_xml);
}
