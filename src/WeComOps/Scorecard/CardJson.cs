using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeComOps.Primitives;

namespace WeComOps.Scorecard;

/// <summary>The canonical JSON of a card: fixed order of members, numbers rounded half-even, no white space.</summary>
public static class CardJson
{
    private const int Digits = 6;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The JSON with its digest as last member, and the digest: SHA-256 of the JSON without that member.</returns>
    public static (string Json, string Digest) Write(Card card)
    {
        var digest = Digest.Of(WriteBody(card, digest: null));
        return (Encoding.UTF8.GetString(WriteBody(card, digest)), digest);
    }

    private static byte[] WriteBody(Card card, string? digest)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("week", card.Week.ToString());
            json.WriteString("state", card.State.ToString().ToLowerInvariant());
            json.WriteStartObject("rules");
            json.WriteString("version", card.RulesVersion);
            json.WriteString("digest", card.RulesDigest);
            json.WriteEndObject();
            json.WriteString("watermark", card.Watermark);
            json.WriteStartArray("readiness");
            foreach (var day in card.Readiness)
            {
                json.WriteStartObject();
                json.WriteString("day", day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                json.WriteNumber("expected", day.Expected);
                json.WriteNumber("arrived", day.Arrived);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteSubjects(json, "front", card.Front);
            WriteSubjects(json, "mid", card.Mid);
            if (digest is not null)
            {
                json.WriteString("digest", digest);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSubjects(Utf8JsonWriter json, string name, IReadOnlyList<SubjectScore> subjects)
    {
        json.WriteStartArray(name);
        foreach (var subject in subjects)
        {
            json.WriteStartObject();
            json.WriteString("subject", subject.Subject);
            WriteNumber(json, "score", subject.Score, 1);
            json.WriteStartArray("lines");
            foreach (var line in subject.Lines)
            {
                WriteLine(json, line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLine(Utf8JsonWriter json, Line line)
    {
        json.WriteStartObject();
        json.WriteString("metric", line.Metric);
        WriteNumber(json, "numerator", line.Numerator, Digits);
        WriteNumber(json, "denominator", line.Denominator, Digits);
        WriteNumber(json, "value", line.Value, Digits);
        WriteNumber(json, "points", line.Points, 1);
        WriteNumber(json, "weight", line.Weight, Digits);
        if (line.Interval is { } interval)
        {
            json.WriteStartArray("interval");
            json.WriteNumberValue(Decimals.Round(interval.Low, Digits));
            json.WriteNumberValue(Decimals.Round(interval.High, Digits));
            json.WriteEndArray();
        }

        json.WriteNumber("evidence", line.Evidence);
        json.WriteStartArray("missing");
        foreach (var missing in line.Missing)
        {
            json.WriteStringValue(missing);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? value, int digits)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Decimals.Round(number, digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
