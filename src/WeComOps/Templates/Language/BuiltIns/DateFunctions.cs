using System.Globalization;
using WeComOps.Templates.Language.Runtime;
using WeComOps.Templates.Language.Syntax;
using static WeComOps.Templates.Language.BuiltIns.Functions;

namespace WeComOps.Templates.Language.BuiltIns;

/// <summary>The group <c>date</c>. There is no clock in it: a text that must show today's date gets the date as a variable.</summary>
internal static class DateFunctions
{
    public static readonly Function[] All =
    [
        Adding("add_days", Number("days"), (date, amount) => date.AddDays(Numbers.ToDouble(amount))),
        Adding("add_hours", Number("hours"), (date, amount) => date.AddHours(Numbers.ToDouble(amount))),
        Adding("add_minutes", Number("minutes"), (date, amount) => date.AddMinutes(Numbers.ToDouble(amount))),
        Adding("add_seconds", Number("seconds"), (date, amount) => date.AddSeconds(Numbers.ToDouble(amount))),
        Adding("add_milliseconds", Number("millis"), (date, amount) => date.AddMilliseconds(Numbers.ToDouble(amount))),
        Adding("add_months", Integer("months"), (date, amount) => date.AddMonths((int)amount.Integer)),
        Adding("add_years", Integer("years"), (date, amount) => date.AddYears((int)amount.Integer)),
        new("date", "to_string", [Date("date") with { AllowsNull = true }, Text("pattern"), Text("culture").Optional()], Print, Always(TemplateType.Text), CheckPattern),
        new("date", "parse", [Text("text")], Parse, Always(TemplateType.Date)),
    ];

    private static Function Adding(string name, Parameter amount, Func<DateTime, Value, DateTime> add) =>
        new("date", name, [Date("date"), amount], (_, at, a) =>
        {
            try
            {
                return Value.From(add(a[0].Date, a[1]));
            }
            catch (ArgumentOutOfRangeException)
            {
                throw Fail(at, Problems.DateRange());
            }
        }, Always(TemplateType.Date));

    private static Problem? CheckPattern(Value?[] arguments) =>
        arguments[1] is { Kind: ValueKind.Text } pattern ? DateFormat.Check(pattern.Text) : null;

    /// <summary>Chinese names of days and months on demand. Other languages, and the codes that follow a country's customs, are refused.</summary>
    private static CultureInfo Culture(Location at, string? name, string pattern)
    {
        if (name is null)
            return CultureInfo.InvariantCulture;
        return DateFormat.Chinese is { } chinese && string.Equals(name, chinese.Name, StringComparison.Ordinal) && DateFormat.IsNamed(pattern)
            ? chinese
            : throw Fail(at, Problems.WrongArgument("culture", "\"zh-CN\"，格式用 %A %a %B %b %p 和数字"));
    }

    private static Value Print(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (a[1].IsNull)
            throw Fail(at, Problems.WrongArgument("pattern", "文字"));

        // Each code of the pattern makes a text of its own.
        context.Step(at, a[1].Text.Length);
        var culture = Culture(at, TextOf(a[2]), a[1].Text);
        return a[0].IsNull ? Value.Null : Value.From(DateFormat.Format(at, a[0].Date, a[1].Text, culture));
    }

    /// <summary>
    /// Scriban turns what it cannot read into the year 1, fills in today's date, and moves an offset to the local zone. Here the text must
    /// name a year, must be readable and must not carry an offset.
    /// </summary>
    private static Value Parse(RenderContext context, Location at, ReadOnlySpan<Value> a)
    {
        if (TextOf(a[0]) is not { Length: > 0 } text)
            return Value.Null;
        return NamesYear(text) && !CarriesOffset(text)
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Value.From(date)
            : throw Fail(at, Problems.UnreadableDate());
    }

    private static bool NamesYear(string text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits == 4)
                return true;
        }

        return false;
    }

    private static bool CarriesOffset(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return text.Contains('+', StringComparison.Ordinal)
            || text.Contains("GMT", StringComparison.OrdinalIgnoreCase)
            || text.TrimEnd().EndsWith('Z') || text.TrimEnd().EndsWith('z')
            || (colon >= 0 && text.IndexOf('-', colon) >= 0);
    }
}
