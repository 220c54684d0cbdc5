using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WeComOps.WeCom.Api.Wire;

namespace WeComOps.WeCom.Api;

/// <summary>One API call without its token.</summary>
/// <param name="Query">Escaped, without the token; may be empty.</param>
/// <param name="Creating">Made once, whatever happens.</param>
/// <param name="File">Sent as the part <c>media</c> of a form instead of a JSON body.</param>
internal sealed record WireCall(HttpMethod Method, string Path, string Query, byte[]? Body, bool Creating, PictureUpload? File = null)
{
    /// <summary>It leaves something at WeCom: a node that lost its duty does not make it. An upload may yet be repeated.</summary>
    public bool IsFenced => Creating || File is not null;

    private const string ExternalContact = "/cgi-bin/externalcontact/";

    public static WireCall Get(string path, params ReadOnlySpan<(string Name, string Value)> query) =>
        new(HttpMethod.Get, path, Escaped(query), Body: null, Creating: false);

    public static WireCall Upload(string path, PictureUpload file, params ReadOnlySpan<(string Name, string Value)> query) =>
        new(HttpMethod.Post, path, Escaped(query), Body: null, Creating: false, file);

    public static WireCall Post<T>(string path, T body, JsonTypeInfo<T> type) =>
        new(HttpMethod.Post, path, "", JsonSerializer.SerializeToUtf8Bytes(body, type), Creating: false);

    /// <summary>A POST below <c>/cgi-bin/externalcontact/</c>.</summary>
    public static WireCall Contact<T>(string name, T body, Func<WireJson, JsonTypeInfo<T>> type) => Post(ExternalContact + name, body, type(WireJson.Wire));

    public WireCall Once() => this with { Creating = true };

    private static string Escaped(ReadOnlySpan<(string Name, string Value)> query)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in query)
        {
            text.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }
}
