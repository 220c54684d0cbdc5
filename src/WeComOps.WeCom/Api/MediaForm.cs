using System.Globalization;
using System.Net.Http.Headers;

namespace WeComOps.WeCom.Api;

/// <summary>A file as WeCom takes it (doc 90253): one part named <c>media</c> that says its length.</summary>
internal static class MediaForm
{
    public static MultipartFormDataContent Of(PictureUpload file)
    {
        var boundary = "wecomops" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file.Bytes))[..32];
        var form = new MultipartFormDataContent(boundary);
        // Quoted, as .NET writes it, some gateways do not find the parts.
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
        var part = new ByteArrayContent(file.Bytes);
        part.Headers.ContentType = new MediaTypeHeaderValue(file.ContentType);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = "\"media\"",
            FileName = $"\"{PlainName(file)}\"",
            Parameters = { new NameValueHeaderValue("filelength", file.Bytes.Length.ToString(CultureInfo.InvariantCulture)) },
        };
        form.Add(part);
        return form;
    }

    private static string PlainName(PictureUpload file) =>
        file.FileName.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? file.FileName
            : file.ContentType == "image/png" ? "picture.png" : "picture.jpg";
}
