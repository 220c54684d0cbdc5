using System.Text;
using WeComOps.Sandbox.Wire;

namespace WeComOps.Sandbox.Tests;

/// <summary>The vectors of wecom-api.md §2.4: (a) and (b) are WeCom's own.</summary>
public sealed class CallbackCryptoTests
{
    private static readonly CallbackCrypto Crypto = new("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7");

    [Fact]
    public void The_official_echo_is_signed_and_decrypted()
    {
        const string Echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";

        Assert.Equal("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", Crypto.Sign("1409659589", "263014780", Echo));
        Assert.Equal("1616140317555161061", Crypto.Decrypt(Echo));
    }

    [Fact]
    public void The_official_message_is_signed_and_decrypted()
    {
        const string Encrypted = "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";

        Assert.Equal("477715d11cdb4164915debcba66cb864d751f3e6", Crypto.Sign("1409659813", "1372623149", Encrypted));
        var message = Crypto.Decrypt(Encrypted);
        Assert.NotNull(message);
        Assert.Contains("<Content><![CDATA[hello]]></Content>", message, StringComparison.Ordinal);
        Assert.Contains("4561255354251345929", message, StringComparison.Ordinal);
        Assert.Equal(284, Encoding.UTF8.GetByteCount(message));
    }

    [Fact]
    public void A_known_message_encrypts_to_the_known_text()
    {
        var encrypted = Crypto.Encrypt("<xml><MsgType><![CDATA[event]]></MsgType></xml>", "0123456789abcdef"u8);

        Assert.Equal("sKqRbbiSUnDhFHOvPjtUMcd0IK3TEq5resdaNRQie5MsgRnEK6DP50Enf3u5GvGmaRsdHV9TW7oYIVHyjygpBVKsQ2UphbqBVFBdajUeJNnhkqCm1O/tSHmmJOObpg8Q", encrypted);
        Assert.Equal("935efc069dad3728e9ee3d5553059796856f2adf", Crypto.Sign("1700000000", "nonce1", encrypted));
    }

    [Fact]
    public void A_full_block_of_padding_is_added_at_the_edge()
    {
        var encrypted = Crypto.Encrypt(new string('A', 26), "0123456789abcdef"u8);

        Assert.Equal("sKqRbbiSUnDhFHOvPjtUMSY0kKMJACXmUsdvggAlOWACHrYvL7ZZ57832oUEaSRZXhRz6zPbpE7uRuxBavqFwVtjnhXa998zjENLpmXFC6fpvF+B2F0F1NcPQ5DnKeVL", encrypted);
        Assert.Equal(new string('A', 26), Crypto.Decrypt(encrypted));
    }

    [Fact]
    public void A_message_for_another_corp_is_refused()
    {
        var other = new CallbackCrypto("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wwother");

        Assert.Null(Crypto.Decrypt(other.Encrypt("hello", "0123456789abcdef"u8)));
    }
}
