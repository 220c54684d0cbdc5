using System.Globalization;
using System.Text;
using WeComOps.Primitives;

namespace WeComOps.Templates;

/// <summary>What an editor fills in.</summary>
/// <param name="At">When the figure was published; null when what was filled in is no time.</param>
/// <param name="Corrects">Entry that it takes the place of; null: a new figure.</param>
public sealed record NewMarketFact(string? Name, string? Value, string? Unit, string? Source, DateTimeOffset? At, string? Corrects);

/// <summary>What is wrong with one field, in the words of the screen.</summary>
/// <param name="Field">Name of the property of <see cref="NewMarketFact"/>.</param>
public sealed record MarketFault(string Field, string Message);

/// <summary>Enters a figure of the day, corrects one or withdraws it. Nothing is ever overwritten: who entered what and when stays.</summary>
public sealed class EnterMarketFact(IMarketStore market, IChangeStore changes, TimeProvider clock)
{
    private const int MostName = 40;
    private const int MostText = 60;
    private const int MostUnit = 20;
    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(400);

    /// <summary>Nothing when entered; else everything that is wrong, so that it is mended at once.</summary>
    public async Task<IReadOnlyList<MarketFault>> EnterAsync(NewMarketFact given, string who, CancellationToken cancellationToken)
    {
        var request = given with { Name = given.Name?.Trim(), Value = given.Value?.Trim(), Unit = Given(given.Unit), Source = given.Source?.Trim(), Corrects = Given(given.Corrects) };
        var now = clock.GetNow();
        var faults = Check(request, now).ToList();
        if (faults.Count > 0)
        {
            return faults;
        }

        var known = await market.HistoryAsync(request.Name!, limit: 1000, cancellationToken);
        if (Compare(request, known).ToList() is { Count: > 0 } unfit)
        {
            return unfit;
        }

        var entry = new MarketEntry(string.Empty, request.Name!, request.Value, request.Unit, request.Source!, request.At!.Value, who, now, request.Corrects);
        return await SaveAsync(Named(entry), "enter-market-fact", cancellationToken) ? [] : [new MarketFault(nameof(NewMarketFact.Value), Changed)];
    }

    /// <summary>Null when withdrawn; else why not. What was published before it counts again.</summary>
    public async Task<string?> WithdrawAsync(string id, string who, CancellationToken cancellationToken)
    {
        if (await market.FindAsync(id, cancellationToken) is not { Value: not null } entry)
        {
            return "没有这一条行情数据，或者已经撤回。";
        }

        var withdrawal = entry with { Value = null, EnteredBy = who, EnteredAt = clock.GetNow(), Corrects = entry.Id };
        return await SaveAsync(Named(withdrawal), "withdraw-market-fact", cancellationToken) ? null : Changed;
    }

    private const string Changed = "同事刚刚改过这一条，您的改动没有保存。请看过新的内容再改。";

    private static IEnumerable<MarketFault> Check(NewMarketFact request, DateTimeOffset now)
    {
        if (request.Name is not { Length: > 0 and <= MostName } name || !char.IsAsciiLetterLower(name[0]) || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))
        {
            yield return new(nameof(request.Name), $"名称用小写字母、数字和下划线，以字母开头，最多 {MostName} 个字，例如 gold_close。");
        }

        if (Unreadable(request.Value, MostText))
        {
            yield return new(nameof(request.Value), $"请填写公布的数值，最多 {MostText} 个字，不带单位。");
        }
        else if (!IsNumber(request.Value) && IsNumber(Plain(request.Value!)))
        {
            yield return new(nameof(request.Value), "数字用半角，不写千分位，例如 1234.50。");
        }

        if (request.Unit is not null && Unreadable(request.Unit, MostUnit))
        {
            yield return new(nameof(request.Unit), $"单位最多 {MostUnit} 个字。");
        }

        if (Unreadable(request.Source, MostText))
        {
            yield return new(nameof(request.Source), $"请填写由谁公布，最多 {MostText} 个字，例如 上海黄金交易所。");
        }

        if (request.At is not { } at)
        {
            yield return new(nameof(request.At), "请填写公布的时间（北京时间）。");
        }
        else if (at > now)
        {
            yield return new(nameof(request.At), "公布时间还没有到，公布以后再录入。");
        }
        else if (now - at > LongestAge)
        {
            yield return new(nameof(request.At), $"公布时间早于 {LongestAge.Days} 天以前，请核对年份。");
        }
    }

    /// <summary>A slip of the pen shows beside what was entered before.</summary>
    private static IEnumerable<MarketFault> Compare(NewMarketFact request, IReadOnlyList<MarketEntry> known)
    {
        var replaced = known.Select(entry => entry.Corrects).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var counting = known.Where(entry => entry.Value is not null && !replaced.Contains(entry.Id)).ToArray();
        if (request.Corrects is { } corrects && counting.All(entry => entry.Id != corrects))
        {
            yield return new(nameof(request.Corrects), "要更正的那一条已经被更正或撤回。请看过新的内容再改。");
            yield break;
        }

        var others = counting.Where(entry => entry.Id != request.Corrects).ToArray();
        if (others.Any(entry => entry.Value == request.Value && entry.Unit == request.Unit && entry.Source == request.Source && entry.At == request.At))
        {
            yield return new(nameof(request.Value), "这一条已经录入过，没有变化。");
        }

        if (others.FirstOrDefault() is not { } latest)
        {
            yield break;
        }

        if (latest.Unit != request.Unit)
        {
            yield return new(nameof(request.Unit), $"{request.Name} 的单位一直是“{latest.Unit ?? "无"}”。换单位请另起一个名称，模板才不会写错。");
        }

        if (IsNumber(latest.Value) && !IsNumber(request.Value))
        {
            yield return new(nameof(request.Value), $"{request.Name} 一直是数字，这一次“{request.Value}”不是。例如 {latest.Value}。");
        }
    }

    private async Task<bool> SaveAsync(MarketEntry entry, string action, CancellationToken cancellationToken)
    {
        var added = new Changes();
        added.MarketEntries.Add(entry);
        added.Audit.Add(new AuditEntry(entry.EnteredAt, entry.EnteredBy, action, entry.Id, entry.Corrects));
        try
        {
            await changes.CommitAsync(added, cancellationToken);
            return true;
        }
        catch (ConflictException)
        {
            return false;
        }
    }

    /// <summary>The same thing entered by the same person in the same instant is one entry.</summary>
    private static MarketEntry Named(MarketEntry entry) => entry with
    {
        Id = $"{entry.Name}-" + Digest.Of(string.Join('\n', entry.Value, entry.Unit, entry.Source, entry.At.ToString("O", CultureInfo.InvariantCulture),
            entry.EnteredBy, entry.EnteredAt.ToString("O", CultureInfo.InvariantCulture), entry.Corrects))[..16],
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Half-width, without what parts thousands.</summary>
    private static string Plain(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(letter => letter is not (',' or ' ')));

    private static bool IsNumber(string? text) => TemplateModels.Fits("number", text);

    /// <summary>Also what a customer's phone cannot show: control characters, broken ones, those of the private-use area.</summary>
    private static bool Unreadable(string? text, int most) => text is not { Length: > 0 } || text.Length > most
        || text.Any(char.IsControl) || text.EnumerateRunes().Contains(Rune.ReplacementChar) || text.AsSpan().ContainsAnyInRange('\ue000', '\uf8ff');
}
