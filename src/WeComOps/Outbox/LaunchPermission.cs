using System.Globalization;
using WeComOps.Instructions;
using WeComOps.Templates;

namespace WeComOps.Outbox;

/// <summary>
/// Whether a planned push may still leave. Between issuing and launching an instruction may be stopped, its template withdrawn, a
/// figure that it quotes corrected: then it does not, and a person issues it anew.
/// </summary>
public sealed class LaunchPermission(IInstructionStore instructions, ITemplateStore templates, IMarketStore market)
{
    /// <summary>Null when it may leave; else why not, for the screen. Read anew for each slice.</summary>
    internal async Task<string?> WhyNotAsync(PushSlice slice, CancellationToken cancellationToken)
    {
        if (await instructions.FindAsync(slice.Instruction, cancellationToken) is not { } instruction)
        {
            return "没有它的工作要求。";
        }

        if (instruction.Stop is { } stop)
        {
            return stop.Reason;
        }

        if ((await templates.FindAsync(slice.Content.Template, cancellationToken))?.ApprovedAs(slice.Content.Version) is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"内容第 {slice.Content.Version} 版已停用，或和批准时不一致。");
        }

        var replaced = await market.ReplacedAsync(instruction.Market ?? [], cancellationToken);
        return replaced.Count == 0 ? null : $"引用的行情数据 {string.Join("、", replaced)} 已被更正或撤回。";
    }
}
