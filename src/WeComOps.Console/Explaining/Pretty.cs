using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace WeComOps.Console.Explaining;

/// <summary>Lays out a raw source for reading. What cannot be parsed is shown as it came.</summary>
internal static class Pretty
{
    private const int LongestLaidOut = 512 * 1024;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(string body)
    {
        var start = body.AsSpan().TrimStart();
        if (start.IsEmpty || body.Length > LongestLaidOut)
        {
            return body;
        }

        return start[0] switch
        {
            '{' or '[' => Json(body),
            '<' => Xml(body),
            _ => body,
        };
    }

    private static string Json(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            // Shown as received: that it is no JSON is what the reader needs to see.
            return body;
        }
    }

    private static string Xml(string body)
    {
        try
        {
            using var text = new StringReader(body);
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var laidOut = new StringBuilder(body.Length * 2);
            using (var writer = XmlWriter.Create(laidOut, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true }))
            {
                XDocument.Load(reader).Save(writer);
            }

            return laidOut.ToString();
        }
        catch (XmlException)
        {
            // Shown as received, for the same reason.
            return body;
        }
    }
}
