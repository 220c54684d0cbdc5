namespace WeComOps.WeCom.Tests.Callback;

/// <summary>(a) and (b) are WeCom's official samples (doc 90968); (c) and (d) are ours, with a fixed random prefix.</summary>
internal static class Vectors
{
    public const string Token = "QDG6eK";
    public const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string OtherKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    public const string Corp = "wx5823bf96d3bd56c7";

    public const string EchoTimestamp = "1409659589";
    public const string EchoNonce = "263014780";
    public const string EchoSignature = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3";
    public const string EchoCipher = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
    public const string EchoRandom = "c41b64491c2468d0";
    public const string Echo = "1616140317555161061";

    public const string PostTimestamp = "1409659813";
    public const string PostNonce = "1372623149";
    public const string PostSignature = "477715d11cdb4164915debcba66cb864d751f3e6";
    public const string PostCipher = "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==";
    public const string PostRandom = "0960688932c47ef1";

    public const string FixedRandom = "0123456789abcdef";
    public const string EventMessage = "<xml><MsgType><![CDATA[event]]></MsgType></xml>";
    public const string EventTimestamp = "1700000000";
    public const string EventNonce = "nonce1";
    public const string EventSignature = "935efc069dad3728e9ee3d5553059796856f2adf";
    public const string EventCipher = "sKqRbbiSUnDhFHOvPjtUMcd0IK3TEq5resdaNRQie5MsgRnEK6DP50Enf3u5GvGmaRsdHV9TW7oYIVHyjygpBVKsQ2UphbqBVFBdajUeJNnhkqCm1O/tSHmmJOObpg8Q";

    public const string FullBlockMessage = "AAAAAAAAAAAAAAAAAAAAAAAAAA";
    public const string FullBlockCipher = "sKqRbbiSUnDhFHOvPjtUMSY0kKMJACXmUsdvggAlOWACHrYvL7ZZ57832oUEaSRZXhRz6zPbpE7uRuxBavqFwVtjnhXa998zjENLpmXFC6fpvF+B2F0F1NcPQ5DnKeVL";

    public static CallbackCryptoUnderTest Crypto { get; } = new();

    /// <summary>The crypto of the vectors, with texts instead of bytes.</summary>
    internal sealed class CallbackCryptoUnderTest
    {
        private readonly WeCom.Callback.CallbackCrypto _crypto = new(Token, Key, Corp);

        public string Encrypt(string message, string random) =>
            _crypto.Encrypt(System.Text.Encoding.UTF8.GetBytes(message), System.Text.Encoding.UTF8.GetBytes(random));

        public string Decrypt(string cipher)
        {
            Assert.True(_crypto.TryDecrypt(cipher, out var message, out var refusal), refusal.ToString());
            return System.Text.Encoding.UTF8.GetString(message);
        }

        public string Sign(string timestamp, string nonce, string cipher) => _crypto.Sign(timestamp, nonce, cipher);
    }
}
