using System.Text;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>Parts of a text. A cut through the middle of a character is refused: half an emoji reaches the customer as a box.</summary>
internal static class StringParts
{
    public static Value Slice(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        var text = TextOf(a[0]) ?? string.Empty;
        var start = a[1].Integer;
        if (start >= text.Length)
            return Value.From(string.Empty);
        if (start < 0)
            start += text.Length;
        var length = a[2].IsNull ? text.Length : a[2].Integer;
        if (start < 0)
        {
            if (start + length <= 0)
                return Value.From(string.Empty);
            length += start;
            start = 0;
        }

        return Part(context, at, text, start, length);
    }

    public static Value SliceOne(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        var text = TextOf(a[0]) ?? string.Empty;
        var start = a[1].Integer;
        var length = a[2].IsNull ? 1 : a[2].Integer;
        if (text.Length == 0 || start > text.Length || length <= 0)
            return Value.From(string.Empty);
        if (start < 0)
            start += text.Length;
        if (start < 0)
        {
            length += start;
            start = 0;
        }

        return Part(context, at, text, start, length);
    }

    public static Value Truncate(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        var text = TextOf(a[0]) ?? string.Empty;
        var length = a[1].Integer;
        if (text.Length == 0 || text.Length <= length)
            return Value.From(text);
        var ellipsis = TextOf(a[2]) ?? "...";
        if (length - ellipsis.Length < int.MinValue)
            throw Fail(at, Problems.WrongArgument("length", "正整数"));
        var kept = (int)Math.Max(0, length - ellipsis.Length);
        return Value.From(string.Concat(Part(context, at, text, 0, kept).Text, ellipsis));
    }

    /// <summary>Words are what white space separates, and the ellipsis is always "...", also where nothing was left out: Scriban's ways.</summary>
    public static Value TruncateWords(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        var text = TextOf(a[0]);
        if (string.IsNullOrEmpty(text))
            return Value.From(string.Empty);
        var words = new StringBuilder();
        var start = 0;
        var count = 0;
        for (var i = 0; i <= text.Length && count < a[1].Integer; i++)
        {
            if (i < text.Length && !char.IsWhiteSpace(text[i]))
                continue;
            words.Append(count++ == 0 ? string.Empty : " ").Append(text, start, i - start);
            while (i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]))
                i++;
            start = i + 1;
        }

        return Value.From(words.Append("...").ToString());
    }

    private static Value Part(RenderContext context, Location at, string text, long start, long length)
    {
        // Scriban adds the two as integers of 32 bits.
        if (start + length > int.MaxValue)
            throw Fail(at, Problems.WrongArgument("length", "小一些的整数"));
        length = Math.Min(length, text.Length - start);
        if (length < 0)
            throw Fail(at, Problems.WrongArgument("length", "正整数"));

        // Finding whole characters means walking the text from its start once more.
        context.Read(at, text);
        return Texts.CanCut(text, (int)start) && Texts.CanCut(text, (int)(start + length))
            ? Value.From(text.Substring((int)start, (int)length))
            : throw Fail(at, Problems.CutsCharacter());
    }
}
