using System.Globalization;
using System.Text.Json;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Cards;

/// <summary>Reads the canonical JSON of a stored card back.</summary>
internal static class CardReader
{
    /// <exception cref="JsonException">The text is no card.</exception>
    public static Card Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new Card(
            ScoreWeek.Parse(root.GetProperty("week").GetString()!),
            Enum.Parse<WeekState>(root.GetProperty("state").GetString()!, ignoreCase: true),
            root.GetProperty("rules").GetProperty("version").GetString()!,
            root.GetProperty("rules").GetProperty("digest").GetString()!,
            root.GetProperty("watermark").GetString()!,
            [.. root.GetProperty("readiness").EnumerateArray().Select(Readiness)],
            [.. root.GetProperty("front").EnumerateArray().Select(Subject)],
            [.. root.GetProperty("mid").EnumerateArray().Select(Subject)]);
    }

    private static Readiness Readiness(JsonElement day) => new(
        DateOnly.ParseExact(day.GetProperty("day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        day.GetProperty("expected").GetInt32(), day.GetProperty("arrived").GetInt32());

    private static SubjectScore Subject(JsonElement subject) => new(
        subject.GetProperty("subject").GetString()!, Number(subject, "score"), [.. subject.GetProperty("lines").EnumerateArray().Select(Line)]);

    private static Line Line(JsonElement line)
    {
        (decimal, decimal)? interval = line.TryGetProperty("interval", out var bounds) ? (bounds[0].GetDecimal(), bounds[1].GetDecimal()) : null;
        return new Line(
            line.GetProperty("metric").GetString()!, line.GetProperty("numerator").GetDecimal(), line.GetProperty("denominator").GetDecimal(),
            Number(line, "value"), Number(line, "points"), line.GetProperty("weight").GetDecimal(), interval, line.GetProperty("evidence").GetInt64(),
            [.. line.GetProperty("missing").EnumerateArray().Select(missing => missing.GetString()!)]);
    }

    private static decimal? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
