using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Api;

/// <summary>Access token (doc 91039) and callback addresses (doc 90930).</summary>
internal sealed class TokenApi(World world)
{
    public const int LifetimeSeconds = 7200;
    private readonly HashSet<string> _old = new(StringComparer.Ordinal);
    private string? _token;
    private DateTimeOffset _expiresAt;
    private int _issued;

    /// <summary>Issues a token; within its life the same one with the seconds that are left.</summary>
    public Answer GetToken(ApiCall call)
    {
        if (call.Parameter("corpid") is not { } corp) return Answer.Fail(41002, "corpid missing");
        if (call.Parameter("corpsecret") is not { } secret) return Answer.Fail(41004, "corpsecret missing");
        if (corp != world.Options.CorpId) return Answer.Fail(40013, "invalid corpid");
        if (secret != world.Options.Secret) return Answer.Fail(40001, "invalid credential");
        if (_token is null || call.Now >= _expiresAt)
        {
            Expire();
            _token = world.Dice.Id("", 86, "token", ++_issued);
            _expiresAt = call.Now.AddSeconds(LifetimeSeconds);
        }

        var left = (long)(_expiresAt - call.Now).TotalSeconds;
        return Answer.Ok(writer =>
        {
            writer.WriteString("access_token", _token);
            writer.WriteNumber("expires_in", left);
        });
    }

    /// <summary>Null when the call may go on.</summary>
    public Answer? Check(ApiCall call)
    {
        if (call.Parameter("access_token") is not { } token) return Answer.Fail(41001, "access_token missing");
        if (token == _token && call.Now < _expiresAt) return null;
        return token == _token || _old.Contains(token) ? Answer.Fail(42001, "access_token expired") : Answer.Fail(40014, "invalid access_token");
    }

    /// <summary>WeCom may end a token before its time.</summary>
    public void Expire()
    {
        if (_token is not null) _old.Add(_token);
        _token = null;
    }

    public static Answer CallbackAddresses(ApiCall call) => Answer.Ok(writer => writer.Strings("ip_list", ["127.0.0.1"]));
}
