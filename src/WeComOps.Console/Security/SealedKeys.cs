using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WeComOps.Primitives;

namespace WeComOps.Console.Security;

/// <summary>
/// Session keys are stored sealed with the app's secret (<c>WeCom:Secret</c>, which every node has): a copy of the database
/// signs nobody in. After a change of the secret everybody signs in once more.
/// </summary>
internal sealed class KeySealer(Seal seal) : IXmlEncryptor
{
    public const string About = "session key";

    /// <summary>Null: there is no secret, as in a host that speaks no WeCom.</summary>
    public static Seal? SealOf(IConfiguration configuration) =>
        configuration["WeCom:Secret"] is { Length: > 0 } secret ? new Seal(secret, "session keys") : null;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", seal.Close(plaintextElement.ToString(SaveOptions.DisableFormatting), About)), typeof(KeyOpener));
}

/// <summary>Made by the framework, by the name that is stored with the key: never rename it.</summary>
internal sealed class KeyOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        KeySealer.SealOf(services.GetRequiredService<IConfiguration>())?.Open(encryptedElement.Value, KeySealer.About) is { } xml
            ? XElement.Parse(xml)
            : throw new CryptographicException("This session key was sealed with another WeCom:Secret.");
}
