using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom.Tests.Callback;

public sealed class CallbackCryptoTests
{
    private static readonly CallbackCrypto Crypto = new(Vectors.Token, Vectors.Key, Vectors.Corp);

    [Theory]
    [InlineData(Vectors.EchoTimestamp, Vectors.EchoNonce, Vectors.EchoCipher, Vectors.EchoSignature)]
    [InlineData(Vectors.PostTimestamp, Vectors.PostNonce, Vectors.PostCipher, Vectors.PostSignature)]
    [InlineData(Vectors.EventTimestamp, Vectors.EventNonce, Vectors.EventCipher, Vectors.EventSignature)]
    public void Signs_as_the_vectors_do(string timestamp, string nonce, string cipher, string signature)
    {
        Assert.Equal(signature, Crypto.Sign(timestamp, nonce, cipher));
        Assert.True(Crypto.Verify(signature, timestamp, nonce, cipher));
    }

    [Theory]
    [InlineData(Vectors.EchoCipher, Vectors.Echo, Vectors.EchoRandom)]
    [InlineData(Vectors.EventCipher, Vectors.EventMessage, Vectors.FixedRandom)]
    [InlineData(Vectors.FullBlockCipher, Vectors.FullBlockMessage, Vectors.FixedRandom)]
    public void Opens_and_seals_the_vectors(string cipher, string message, string random)
    {
        Assert.Equal(message, Vectors.Crypto.Decrypt(cipher));
        Assert.Equal(cipher, Vectors.Crypto.Encrypt(message, random));
    }

    [Fact]
    public void Opens_and_seals_the_official_message()
    {
        var message = Vectors.Crypto.Decrypt(Vectors.PostCipher);

        Assert.Equal(284, Encoding.UTF8.GetByteCount(message));
        Assert.Contains("<FromUserName><![CDATA[mycreate]]></FromUserName>", message, StringComparison.Ordinal);
        Assert.Contains("<Content><![CDATA[hello]]></Content>", message, StringComparison.Ordinal);
        Assert.Contains("<MsgId>4561255354251345929</MsgId>", message, StringComparison.Ordinal);
        Assert.Equal(Vectors.PostCipher, Vectors.Crypto.Encrypt(message, Vectors.PostRandom));
    }

    [Fact]
    public void Every_length_survives_a_round_trip()
    {
        for (var length = 0; length <= 130; length++)
        {
            var message = new string('银', length / 3) + new string('x', length % 3);
            Assert.Equal(message, Vectors.Crypto.Decrypt(Crypto.Encrypt(message)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd")]
    [InlineData("5C45FF5E21C57E6AD56BAC8758B79B1D9AC89FD3")]
    [InlineData("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd4")]
    [InlineData("签名签名签名签名签名签名签名签名签名签名签名签名签名签名签名签名签名签名签名签名")]
    public void A_wrong_signature_does_not_verify(string signature) =>
        Assert.False(Crypto.Verify(signature, Vectors.EchoTimestamp, Vectors.EchoNonce, Vectors.EchoCipher));

    [Theory]
    [InlineData("", CallbackRefusal.BadCipherLength)]
    [InlineData("not base64!", CallbackRefusal.BadBase64)]
    [InlineData("AAA", CallbackRefusal.BadBase64)]
    [InlineData("AAAA", CallbackRefusal.BadCipherLength)]
    [InlineData("签名", CallbackRefusal.BadBase64)]
    public void What_is_no_ciphertext_is_refused(string cipher, CallbackRefusal expected)
    {
        Assert.False(Crypto.TryDecrypt(cipher, out var message, out var refusal));
        Assert.Equal(expected, refusal);
        Assert.Empty(message);
    }

    [Fact]
    public void A_truncated_ciphertext_is_refused()
    {
        var bytes = Convert.FromBase64String(Vectors.EventCipher);
        foreach (var length in Enumerable.Range(1, bytes.Length - 1))
        {
            Assert.False(Crypto.TryDecrypt(Convert.ToBase64String(bytes[..length]), out _, out _));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    [InlineData(255)]
    public void A_padding_outside_1_to_32_is_refused(byte padding)
    {
        var plain = Plain(8, "x", Vectors.Corp);
        plain[^1] = padding;
        Refused(plain, CallbackRefusal.BadPadding);
    }

    [Fact]
    public void A_padding_of_unequal_bytes_is_refused()
    {
        var plain = Plain(1, "x", Vectors.Corp);
        plain[^2] ^= 1;
        Refused(plain, CallbackRefusal.BadPadding);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_length_beyond_the_plaintext_is_refused(int length) =>
        Refused(Plain(length, "x", Vectors.Corp), CallbackRefusal.BadLengthField);

    [Fact]
    public void A_plaintext_too_short_for_its_header_is_refused()
    {
        var plain = new byte[32];
        Array.Fill(plain, (byte)30);
        Refused(plain, CallbackRefusal.BadLengthField);
        Array.Fill(plain, (byte)32);
        Refused(plain, CallbackRefusal.BadLengthField);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wx5823bf96d3bd56c8")]
    [InlineData("wx5823bf96d3bd56c7x")]
    public void A_message_for_another_corp_is_refused(string corp) => Refused(Plain(1, "x", corp), CallbackRefusal.ForeignCorp);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C=")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2!")]
    [InlineData("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2 ")]
    public void What_is_no_key_is_refused(string? key) => Assert.False(CallbackCrypto.IsKey(key));

    [Fact]
    public void Any_bytes_are_refused_without_an_exception()
    {
        for (var round = 0; round < 2000; round++)
        {
            var bytes = RandomNumberGenerator.GetBytes(32 * (1 + (round % 5)));
            Assert.False(Crypto.TryDecrypt(Convert.ToBase64String(bytes), out _, out _));
        }
    }

    private static void Refused(byte[] plain, CallbackRefusal expected)
    {
        Assert.False(Crypto.TryDecrypt(Seal(plain), out _, out var refusal));
        Assert.Equal(expected, refusal);
    }

    private static byte[] Plain(int length, string message, string corp)
    {
        var body = Encoding.UTF8.GetBytes(Vectors.FixedRandom + "____" + message + corp);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(16), length);
        var padding = 32 - (body.Length % 32);
        return [.. body, .. Enumerable.Repeat((byte)padding, padding)];
    }

    private static string Seal(byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(Vectors.Key + "=");
        return Convert.ToBase64String(aes.EncryptCbc(plain, aes.Key.AsSpan(0, 16), PaddingMode.None));
    }
}
