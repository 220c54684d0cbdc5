namespace WeComOps.Templates.Lint;

/// <summary>Numbers that belong to a person: mobile numbers, identity cards, bank cards. Digits may be full-width and grouped.</summary>
internal static class PersonalData
{
    /// <summary>Each number with what it is, in Chinese.</summary>
    public static IEnumerable<(int Start, int End, string What)> In(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Digit(text[at]) < 0)
            {
                continue;
            }

            var groups = Groups(text, at);
            var end = groups[^1].End;
            if (Recognise(text, at, end) is { } whole)
            {
                yield return (at, end, whole);
            }
            else
            {
                foreach (var group in groups)
                {
                    if (Recognise(text, group.Start, group.End) is { } part)
                    {
                        yield return (group.Start, group.End, part);
                    }
                }
            }

            at = end;
        }
    }

    /// <summary>Runs of digits that are one space or dash apart; an X may end an identity number.</summary>
    private static List<(int Start, int End)> Groups(string text, int at)
    {
        var groups = new List<(int Start, int End)>();
        var start = at;
        while (true)
        {
            while (at < text.Length && Digit(text[at]) >= 0)
            {
                at++;
            }

            if (at < text.Length && text[at] is 'x' or 'X' or 'Ｘ' && at - start >= 3)
            {
                at++;
            }

            groups.Add((start, at));
            if (at + 1 >= text.Length || text[at] is not (' ' or '-' or '\u3000' or '－') || Digit(text[at + 1]) < 0)
            {
                return groups;
            }

            start = ++at;
        }
    }

    private static string? Recognise(string text, int start, int end)
    {
        if (end - start > 40)
        {
            return null;
        }

        Span<int> digits = stackalloc int[end - start];
        var count = 0;
        var endsWithX = false;
        for (var i = start; i < end; i++)
        {
            if (Digit(text[i]) is >= 0 and var digit)
            {
                digits[count++] = digit;
            }
            else if (text[i] is 'x' or 'X' or 'Ｘ')
            {
                endsWithX = true;
            }
        }

        digits = digits[..count];
        if ((count == 18 || (count == 17 && endsWithX)) && IsIdentity(digits, endsWithX))
        {
            return "身份证号";
        }

        if (count == 11 && digits[0] == 1 && digits[1] >= 3)
        {
            return "手机号";
        }

        return count is >= 16 and <= 19 && !endsWithX && digits[0] is >= 3 and <= 6 && IsLuhn(digits) ? "银行卡号" : null;
    }

    /// <summary>GB 11643: weights and the last digit modulo 11.</summary>
    private static bool IsIdentity(ReadOnlySpan<int> digits, bool endsWithX)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += digits[i] * weights[i];
        }

        var check = (12 - (sum % 11)) % 11;
        return endsWithX ? check == 10 : digits.Length == 18 && digits[17] == check;
    }

    private static bool IsLuhn(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] * (i % 2 == 0 ? 1 : 2);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    private static int Digit(char letter) => letter switch
    {
        >= '0' and <= '9' => letter - '0',
        >= '０' and <= '９' => letter - '０',
        _ => -1,
    };
}
