namespace WeComOps.Sales;

/// <summary>Section <c>Sales</c>.</summary>
public sealed class SalesOptions
{
    public const string SectionName = "Sales";
    private const string Prefix = "whsec_";

    /// <summary>Standard Webhooks secret shared with the bank's order system: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    public string? SigningSecret { get; set; }

    public IEnumerable<string> Validate()
    {
        if (ReadKey() is not { Length: >= 24 and <= 64 })
        {
            yield return "Sales:SigningSecret is missing or not of the form whsec_<base64 of 24 to 64 bytes>. Create one and give it to the order system.";
        }
    }

    /// <summary>The key bytes; null when the secret is not well formed.</summary>
    public byte[]? ReadKey()
    {
        if (SigningSecret is null || !SigningSecret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = new byte[SigningSecret.Length];
        return Convert.TryFromBase64String(SigningSecret[Prefix.Length..], key, out var length) ? key[..length] : null;
    }
}
