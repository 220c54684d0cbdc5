using System.Text;
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
        Check(text);
        using var tree = Open(text);
        return XElement.Load(tree);
    }

    /// <summary>Reads to the end and keeps nothing: every request pays for this.</summary>
    /// <exception cref="FormatException">As for <see cref="Load"/>.</exception>
    public static void Check(string text) => Walk(text, static (_, _) => { }, state: 0);

    /// <summary>The text of the root's one child of this name; null when there is none, several, or one with elements in it.</summary>
    /// <exception cref="FormatException">As for <see cref="Load"/>.</exception>
    public static string? TextOfOnly(string text, string child)
    {
        var found = new Found(child);
        Walk(text, static (reader, found) => found.See(reader), found);
        return found.Text;
    }

    private static void Walk<TState>(string text, Action<XmlReader, TState> visit, TState state)
    {
        if (text.Length > MaxLength)
        {
            throw new FormatException("The XML is longer than 1 MiB.");
        }

        try
        {
            // The depth is checked on the fly, before a tree exists that something could walk recursively.
            using var reader = Open(text);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                {
                    throw new FormatException("The XML is nested more than 32 levels deep.");
                }

                visit(reader, state);
            }
        }
        catch (XmlException exception)
        {
            throw new FormatException(
                FormattableString.Invariant($"The XML is not acceptable (line {exception.LineNumber}, column {exception.LinePosition})."), exception);
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), Settings);

    private sealed class Found(string name)
    {
        private int _count;
        private bool _isInside;
        private bool _isNested;
        // Comments and sections may cut a text into as many pieces as there are bytes.
        private readonly StringBuilder _text = new();

        public string? Text => _count == 1 && !_isNested ? _text.ToString() : null;

        public void See(XmlReader reader)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth == 1:
                    _isInside = reader.LocalName == name && reader.NamespaceURI.Length == 0;
                    _count += _isInside ? 1 : 0;
                    _isInside &= !reader.IsEmptyElement;
                    break;
                case XmlNodeType.Element when _isInside:
                    _isNested = true;
                    break;
                case XmlNodeType.EndElement when reader.Depth == 1:
                    _isInside = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _isInside:
                    _text.Append(reader.Value);
                    break;
            }
        }
    }
}
