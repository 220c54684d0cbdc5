using WeComOps.Primitives;
using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;

namespace WeComOps.Storage.Stores;

/// <summary>Applies a change set as one unit of the writer, under the caller's fence.</summary>
internal sealed class SqlChangeStore(SqlEngine engine) : IChangeStore
{
    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        // The writer works elsewhere, where the caller's fence does not flow.
        var fence = Fence.Current;
        await engine.PrepareFactsAsync(changes.Facts.Select(fact => fact.Day), cancellationToken);
        await engine.WriteAsync(session => ApplyAsync(session, fence, changes), isOneStatement: false, cancellationToken);
    }

    private static async ValueTask<bool> ApplyAsync(SqlSession session, Fence? fence, Changes changes)
    {
        // First what may refuse the whole: a node that lost its duty or a handler that lost its claim must not store anything.
        if (fence is not null)
            await DutyTable.CheckAsync(session, fence);
        foreach (var route in changes.Routed)
            await InboxTables.RouteAsync(session, route);
        foreach (var mark in changes.Marks)
            await InboxTables.MarkAsync(session, mark);
        foreach (var replay in changes.Replays)
            await InboxTables.ReplayAsync(session, replay);

        foreach (var source in changes.Sources)
            await SourceTable.InsertAsync(session, source);
        await FactTable.InsertAsync(session, changes.Facts);

        await SavePeopleAsync(session, changes);
        await SaveWorkAsync(session, changes);
        await HealingTables.SaveAsync(session, changes);

        foreach (var job in changes.Jobs)
            await JobTable.SaveAsync(session, job);
        foreach (var entry in changes.Audit)
            await AuditTable.AppendAsync(session, entry);

        return true;
    }

    private static async ValueTask SavePeopleAsync(SqlSession session, Changes changes)
    {
        foreach (var branch in changes.Branches)
            await DirectoryTables.SaveAsync(session, branch);
        foreach (var member in changes.Members)
            await DirectoryTables.SaveAsync(session, member);
        foreach (var leave in changes.Leave)
            await DirectoryTables.SaveAsync(session, leave);
        foreach (var customer in changes.Customers)
            await CustomerTables.SaveAsync(session, customer);
        foreach (var profile in changes.Profiles)
            await CustomerTables.SaveAsync(session, profile);
        foreach (var friendship in changes.Friendships)
            await CustomerTables.SaveAsync(session, friendship);
        foreach (var group in changes.Groups)
            await GroupTables.SaveAsync(session, group);
        foreach (var membership in changes.GroupMembers)
            await GroupTables.SaveAsync(session, membership);
        foreach (var code in changes.JoinCodes)
            await GroupTables.SaveAsync(session, code);
    }

    private static async ValueTask SaveWorkAsync(SqlSession session, Changes changes)
    {
        foreach (var template in changes.Templates)
            await InstructionTables.SaveAsync(session, template);
        foreach (var entry in changes.MarketEntries)
            await MarketTable.AddAsync(session, entry);
        foreach (var instruction in changes.Instructions)
            await InstructionTables.SaveAsync(session, instruction);
        await InstructionTables.SaveAsync(session, changes.Assignments);
        foreach (var slice in changes.Slices)
            await OutboxTables.SaveAsync(session, slice);
        foreach (var execution in changes.Executions)
            await OutboxTables.SaveAsync(session, execution);
        foreach (var message in changes.Outgoing)
            await OutboxTables.SaveAsync(session, message);
        foreach (var question in changes.Questions)
            await QuestionTable.SaveAsync(session, question);
        foreach (var link in changes.Links)
            await LinkTables.SaveAsync(session, link);
        foreach (var click in changes.Clicks)
            await LinkTables.SaveAsync(session, click);
        foreach (var picture in changes.Pictures)
            await MediaTables.SaveAsync(session, picture);
        foreach (var copy in changes.PictureCopies)
            await MediaTables.SaveAsync(session, copy);
        foreach (var sale in changes.Sales)
            await SaleTable.SaveAsync(session, sale);
        foreach (var card in changes.Scorecards)
            await ScorecardTable.SaveAsync(session, card);
    }
}
