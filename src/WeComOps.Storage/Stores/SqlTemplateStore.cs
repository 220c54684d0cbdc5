using WeComOps.Storage.Sql;
using WeComOps.Storage.Tables;
using WeComOps.Templates;

namespace WeComOps.Storage.Stores;

internal sealed class SqlTemplateStore(SqlEngine engine) : ITemplateStore
{
    public Task<Template?> FindAsync(string id, CancellationToken cancellationToken) => engine.FindAsync(
        $"SELECT {InstructionTables.TemplateColumns} FROM templates WHERE id = @id", [("id", id)], InstructionTables.MapTemplate, cancellationToken);

    public Task<IReadOnlyList<Template>> ListAsync(CancellationToken cancellationToken) => engine.ListAsync(
        $"SELECT {InstructionTables.TemplateColumns} FROM templates ORDER BY id", [], InstructionTables.MapTemplate, cancellationToken);
}
