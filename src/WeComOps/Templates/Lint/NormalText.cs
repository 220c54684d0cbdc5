using System.Globalization;
using System.Text;

namespace WeComOps.Templates.Lint;

/// <summary>
/// A text as rules read it: half-width, lower case, simplified, without invisible characters and without what was put between the
/// characters of a Chinese word (<c>保.本</c>, <c>保 本</c>, <c>保💰本</c>). Sentence punctuation and line breaks stay, so that no word
/// is made out of two sentences. Work is linear in the length of the text; no text is refused.
/// </summary>
internal sealed class NormalText
{
    private readonly List<int> _origins = [];
    private readonly string _original;

    private NormalText(string original) => _original = original;

    public string Text { get; private set; } = string.Empty;

    /// <summary>Characters looked at, for the test that work grows with the length alone.</summary>
    public int Steps { get; private set; }

    public static NormalText Of(string original, Folding folding)
    {
        var normal = new NormalText(original);
        normal.Read(folding);
        return normal;
    }

    /// <summary>Where a stretch of the normalised text stands in the original, as start and end.</summary>
    public (int Start, int End) Origin(int start, int end)
    {
        var last = _origins[end - 1];
        return (_origins[start], last + RuneLength(last));
    }

    private int RuneLength(int at) =>
        char.IsHighSurrogate(_original[at]) && at + 1 < _original.Length && char.IsLowSurrogate(_original[at + 1]) ? 2 : 1;

    private void Read(Folding folding)
    {
        var text = new StringBuilder(_original.Length);
        var waiting = new List<(char Letter, int Origin)>();
        var afterWord = false;
        for (var at = 0; at < _original.Length;)
        {
            Steps++;
            var length = RuneLength(at);
            foreach (var letter in folding.Of(_original, at, length))
            {
                Steps++;
                switch (Folding.RoleOf(letter))
                {
                    case LetterRole.Dropped:
                        break;
                    case LetterRole.Separator:
                        waiting.Add((letter, at));
                        break;
                    default:
                        var isWord = Folding.IsHan(letter);
                        if (!afterWord || !isWord)
                        {
                            Append(text, waiting);
                        }

                        Steps += waiting.Count;
                        waiting.Clear();
                        Append(text, letter, at);
                        afterWord = isWord;
                        break;
                }
            }

            at += length;
        }

        Append(text, waiting);
        Text = text.ToString();
    }

    private void Append(StringBuilder text, List<(char Letter, int Origin)> letters)
    {
        foreach (var (letter, origin) in letters)
        {
            Append(text, letter, origin);
        }
    }

    private void Append(StringBuilder text, char letter, int origin)
    {
        text.Append(letter);
        _origins.Add(origin);
    }
}

internal enum LetterRole
{
    Kept,

    /// <summary>Dropped between two Chinese characters, kept elsewhere.</summary>
    Separator,

    /// <summary>Not to be seen.</summary>
    Dropped,
}

/// <summary>What a character stands for. Compatibility forms by Unicode (NFKC), traditional and look-alike characters by the rules' table.</summary>
internal sealed class Folding(IReadOnlyDictionary<char, char> table)
{
    /// <summary>Some compatibility characters stand for a whole phrase; no honest text has longer ones.</summary>
    private const int LongestForm = 18;

    public string Of(string text, int at, int length)
    {
        var first = text[at];
        if (length == 1 && (char.IsAscii(first) || IsHan(first)))
        {
            return Fold(first).ToString();
        }

        // Half of a pair, and what is no character at all.
        if (length == 1 && (char.IsSurrogate(first) || first >= '\ufffe'))
        {
            return string.Empty;
        }

        if (length == 2 && !char.IsLetterOrDigit(text, at))
        {
            // Emoji and other pictures: one separator.
            return "·";
        }

        var form = text.Substring(at, length).Normalize(NormalizationForm.FormKC);
        return string.Create(Math.Min(form.Length, LongestForm), (form, this), static (letters, state) =>
        {
            for (var i = 0; i < letters.Length; i++)
            {
                letters[i] = state.Item2.Fold(state.form[i]);
            }
        });
    }

    public static bool IsHan(char letter) => letter is >= '\u3400' and <= '\u9fff';

    public static LetterRole RoleOf(char letter)
    {
        if (letter is '\n' or '\r' or '，' or '。' or '、' or '；' or '：' or ',' or ';' or ':' or '!' or '?' or '(' or ')' or '/' or '%' or '[' or ']' || char.IsAsciiLetterOrDigit(letter) || IsHan(letter))
        {
            return LetterRole.Kept;
        }

        return char.GetUnicodeCategory(letter) switch
        {
            UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control or UnicodeCategory.Surrogate
                or UnicodeCategory.OtherNotAssigned => LetterRole.Dropped,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.DashPunctuation
                or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
                or UnicodeCategory.PrivateUse => LetterRole.Separator,
            UnicodeCategory.OtherPunctuation => LetterRole.Separator,
            _ => LetterRole.Kept,
        };
    }

    private char Fold(char letter) => table.TryGetValue(letter, out var plain) ? plain : char.ToLowerInvariant(letter);
}
