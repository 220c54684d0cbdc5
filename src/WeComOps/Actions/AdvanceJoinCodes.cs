using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WeComOps.Customers;
using WeComOps.Directory;
using WeComOps.Instructions;
using WeComOps.Ledger;
using WeComOps.Outbox;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;
using WeComOps.WeCom;

namespace WeComOps.Actions;

/// <summary>
/// A group that was built as asked gets its join code; then the code goes to the advisor and the moment that invites
/// customers is planned. A join way made twice by a lost answer is harmless: nobody ever sees the other one.
/// </summary>
public sealed partial class AdvanceJoinCodes(
    IGroupStore groups, IInstructionStore instructions, ITemplateStore templates, IDirectoryStore directory, ITemplateEngine engine, TemplateLint lint, IWeComApi wecom,
    IChangeStore changes, BusinessCalendar calendar, TimeProvider clock, ILogger<AdvanceJoinCodes> logger)
{
    /// <summary>Hours after the group's deadline in which the invitation may be published.</summary>
    private static readonly TimeSpan InviteWindow = TimeSpan.FromHours(48);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var codes = await groups.UnreadyJoinCodesAsync(cancellationToken);
        foreach (var code in codes)
        {
            if (code.ConfigId is { } configId)
            {
                if (await wecom.GetJoinWayAsync(configId, cancellationToken) is ApiResult<JoinWay>.Done way)
                {
                    await InviteAsync(code with { QrCode = way.Value.QrCode }, way.Value.QrCode, cancellationToken);
                }

                continue;
            }

            if (await wecom.CreateJoinWayAsync(code.ChatId, code.State, remark: "WeComOps", cancellationToken) is ApiResult<string>.Done created)
            {
                var saved = new Changes();
                saved.JoinCodes.Add(code with { ConfigId = created.Value });
                await changes.CommitAsync(saved, cancellationToken);
            }
        }

        return codes.Count;
    }

    private async Task InviteAsync(JoinCode code, string qrCode, CancellationToken cancellationToken)
    {
        var now = clock.GetNow();
        var planned = new Changes();
        planned.JoinCodes.Add(code);
        var instruction = await instructions.FindAsync(code.Instruction, cancellationToken);
        var advisor = await directory.FindMemberAsync(code.Advisor, cancellationToken);
        if (instruction is { StoppedAt: null } && advisor is not null)
        {
            var from = calendar.AddMinutes(now, 1);
            var deadline = instruction.Deadline + InviteWindow;
            planned.Outgoing.Add(OutgoingMessages.Plan(
                "join-code:" + code.State, new AppMessage.Text(advisor.UserId, $"您建的群已就绪，入群码：{qrCode}\n邀请朋友圈将送到您的企业微信，请确认发表。"), from, deadline));
            if (from < deadline && await RenderAsync(instruction, advisor, qrCode, cancellationToken) is { } text)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{instruction.Id}/invite/{advisor.UserId}");
                planned.Slices.Add(new PushSlice(
                    id, instruction.Id, PushKind.Moment, ExposureClass.JoinCopy, instruction.Content, text, Marker: null, [advisor.UserId], from, deadline,
                    SliceState.Planned, StartedAt: null, JobId: null, PushId: null, Error: null, Checks: 0, CheckAt: null, Epoch: 0,
                    instruction.Pictures));
                planned.Executions.Add(new PushExecution(id, advisor.UserId, SeenAt: null, Reached: 0, Looks: 0, LookAt: null));
                var assignment = string.Create(CultureInfo.InvariantCulture, $"{instruction.Id}:invite:{advisor.UserId}");
                planned.Assignments.Add(new Assignment(
                    assignment, instruction.Id, ActionKind.Moments, advisor.UserId, advisor.BranchId, ShanghaiTime.DayOf(deadline), deadline, Target: 1, Text: null));
                planned.Record(AssignmentFacts.Given(assignment, ActionKind.Moments, advisor, deadline, 1, instruction.Content, link: null, now));
            }
        }

        await changes.CommitAsync(planned, cancellationToken);
    }

    private async Task<string?> RenderAsync(Instruction instruction, Member advisor, string qrCode, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DayOf(clock.GetNow());
        var version = (await templates.FindAsync(instruction.Content.Template, cancellationToken))?.ApprovedAs(instruction.Content.Version);
        if (version is null || TemplateSource.Parse(version.Source).Source is not { } source || engine.Compile(source).Program is not { } program)
        {
            Log.NoText(logger, instruction.Id, instruction.Content.TemplateVersion);
            return null;
        }

        if (source.Expires is { } last && last < today)
        {
            Log.NoText(logger, instruction.Id, "the copy has expired");
            return null;
        }

        var branch = (await directory.BranchesAsync(cancellationToken)).FirstOrDefault(branch => branch.Id == advisor.BranchId)?.Name ?? advisor.BranchId;
        var model = TemplateModels.Build(
            source, new Dictionary<string, string>(StringComparer.Ordinal), source.WordingOf(advisor.UserId.Sum(letter => letter)),
            (advisor.Name, advisor.Title ?? string.Empty, branch), qrCode, today);
        var (text, fault) = program.Render(model);
        if (fault is not null)
        {
            Log.NoText(logger, instruction.Id, fault.ToString());
        }

        if (text is not null && lint.CheckText(text, source, qrCode).FirstOrDefault() is { } finding)
        {
            Log.NoText(logger, instruction.Id, finding.Rule);
            return null;
        }

        return text?.Trim();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Instruction {Instruction} has no invitation text: {Reason}")]
        public static partial void NoText(ILogger logger, string instruction, string reason);
    }
}
