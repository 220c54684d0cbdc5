using System.Xml;
using System.Xml.Linq;

namespace WeComOps.WeCom.Callback;

/// <summary>Reads untrusted XML: no DTD, no external resource, at most 1 MiB of text and 32 levels.</summary>
internal static class HardenedXml
{
    public const int MaxLength = 1024 * 1024;
    private const int MaxDepth = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxLength,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <exception cref="FormatException">Not well-formed, a DTD, too long or too deep. The message quotes nothing of the text.</exception>
    public static XElement Load(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new FormatException("The XML is longer than 1 MiB.");
        }

        try
        {
            // The depth is checked on the fly, before a tree exists that something could walk recursively.
            using (var reader = Open(text))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MaxDepth)
                    {
                        throw new FormatException("The XML is nested more than 32 levels deep.");
                    }
                }
            }

            using var tree = Open(text);
            return XElement.Load(tree);
        }
        catch (XmlException exception)
        {
            throw new FormatException(
                FormattableString.Invariant($"The XML is not acceptable (line {exception.LineNumber}, column {exception.LinePosition})."), exception);
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), Settings);
}
