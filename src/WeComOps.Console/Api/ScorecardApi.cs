using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using WeComOps.Console.Cards;
using WeComOps.Console.Naming;
using WeComOps.Console.Security;
using WeComOps.Ledger;
using WeComOps.Primitives;
using WeComOps.Scorecard;

namespace WeComOps.Console.Api;

/// <summary>Reads scorecards as JSON. A person of one branch gets that branch's part, without the digest of the whole.</summary>
internal static class ScorecardApi
{
    private const string JsonType = "application/json; charset=utf-8";
    private const int MostFacts = 10_000;
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEndpointRouteBuilder MapScorecardApi(this IEndpointRouteBuilder endpoints)
    {
        var scorecards = endpoints.MapGroup("/api/v1/scorecards/{week}").RequireAuthorization(ConsolePolicy.ReadScorecards).WithTags("scorecards");
        scorecards.MapGet("/", CardAsync);
        scorecards.MapGet("/advisors/{userid}", AdvisorAsync);
        scorecards.MapGet("/facts", FactsAsync);
        return endpoints;
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CardAsync(
        string week, IScorecardStore stored, CloseWeek counting, NameBook book, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!ScoreWeek.TryParse(week, out var scoreWeek))
        {
            return NoWeek();
        }

        var json = await stored.LatestAsync(scoreWeek, cancellationToken) is { } latest
            ? latest.Json
            : CardJson.Write(await counting.PreviewAsync(scoreWeek, cancellationToken)).Json;
        return TypedResults.Text(viewer.Branch is null ? json : Narrowed(json, viewer, await book.GetAsync(cancellationToken)), JsonType);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, ForbidHttpResult>> AdvisorAsync(
        string week, string userid, IScorecardStore stored, CloseWeek counting, NameBook book, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!ScoreWeek.TryParse(week, out var scoreWeek))
        {
            return NoWeek();
        }

        var subject = Subject.Advisor(userid);
        if (!viewer.Sees(subject, await book.GetAsync(cancellationToken)))
        {
            return TypedResults.Forbid();
        }

        var json = await stored.LatestAsync(scoreWeek, cancellationToken) is { } latest
            ? latest.Json
            : CardJson.Write(await counting.PreviewAsync(scoreWeek, cancellationToken)).Json;
        return JsonNode.Parse(json)!["front"]!.AsArray().FirstOrDefault(score => score!["subject"]!.GetValue<string>() == subject) is { } found
            ? TypedResults.Text(found.ToJsonString(Plain), JsonType)
            : TypedResults.Problem($"{userid} has no assignment in {scoreWeek}: there is no score.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult, ForbidHttpResult>> FactsAsync(
        string week, string metric, string subject, CloseWeek counting, ILedger ledger, NameBook book, Viewer viewer, CancellationToken cancellationToken)
    {
        if (!ScoreWeek.TryParse(week, out var scoreWeek))
        {
            return NoWeek();
        }

        if (!viewer.Sees(subject, await book.GetAsync(cancellationToken)))
        {
            return TypedResults.Forbid();
        }

        var parts = await counting.ExplainAsync(scoreWeek, metric, subject, cancellationToken);
        var facts = (await ledger.FindAsync([.. parts.Take(MostFacts).Select(part => part.Fact).Distinct()], cancellationToken)).ToDictionary(fact => fact.Ref);
        var lines = parts.Take(MostFacts).Where(part => facts.TryGetValue(part.Fact, out var fact) && viewer.Sees(fact.Branch))
            .Select(part => FactLine.Of(part, facts[part.Fact]));
        return TypedResults.Text(JsonSerializer.Serialize(new { week = scoreWeek.ToString(), metric, subject, count = parts.Count, facts = lines }, Plain), JsonType);
    }

    private static string Narrowed(string json, Viewer viewer, Names names)
    {
        var card = JsonNode.Parse(json)!.AsObject();
        foreach (var side in new[] { "front", "mid" })
        {
            card[side]!.AsArray().RemoveAll(score => !viewer.Sees(score!["subject"]!.GetValue<string>(), names));
        }

        // The digest is that of the whole card: beside a part it would only look wrong.
        card.Remove("digest");
        card["branch"] = viewer.Branch;
        return card.ToJsonString(Plain);
    }

    private static ProblemHttpResult NoWeek() =>
        TypedResults.Problem("The week is written as 2026-W46 (ISO week, Monday to Sunday).", statusCode: StatusCodes.Status400BadRequest);
}
