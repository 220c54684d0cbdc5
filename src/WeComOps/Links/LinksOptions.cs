namespace WeComOps.Links;

/// <summary>Section <c>Links</c>.</summary>
public sealed class LinksOptions
{
    public const string SectionName = "Links";

    /// <summary>Where customers reach <c>/l/{token}</c>; https, except on loopback.</summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>Hosts that tracked links may lead to.</summary>
    public List<string> AllowedHosts { get; set; } = [];

    /// <summary>Days between click and sale.</summary>
    public int AttributionWindowDays { get; set; } = 7;

    /// <summary>Networks (CIDR) of the bank: clicks from there are the staff's.</summary>
    public List<string> StaffNetworks { get; set; } = [];

    public IEnumerable<string> Validate()
    {
        if (!Uri.TryCreate(PublicBaseUrl, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || url.IsLoopback))
        {
            yield return "Links:PublicBaseUrl is missing or not https. Set the address at which customers reach this service, for example https://link.bank.example.";
        }

        if (AllowedHosts.Count == 0)
        {
            yield return "Links:AllowedHosts is empty. List the hosts that tracked links may lead to, for example m.bank.example.";
        }

        if (AttributionWindowDays is < 1 or > 90)
        {
            yield return "Links:AttributionWindowDays must be between 1 and 90.";
        }

        foreach (var network in StaffNetworks.Where(network => !System.Net.IPNetwork.TryParse(network, out _)))
        {
            yield return $"Links:StaffNetworks has '{network}'. Write a network as 10.0.0.0/8.";
        }
    }

    public string UrlOf(string token) => $"{PublicBaseUrl!.TrimEnd('/')}/l/{token}";

    /// <summary>Null when the destination is https on an allowed host; else what is wrong.</summary>
    public string? Refuse(string destination) =>
        !Uri.TryCreate(destination, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0
            ? "链接必须是 https 地址。"
            : AllowedHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase) ? null : $"主机 {url.Host} 不在允许的名单里（Links:AllowedHosts）。";
}
