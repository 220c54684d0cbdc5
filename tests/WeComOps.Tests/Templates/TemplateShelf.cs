using WeComOps.Primitives;
using WeComOps.Templates;

namespace WeComOps.Tests.Templates;

/// <summary>Templates in memory, written only as they were read, like in the store.</summary>
internal sealed class TemplateShelf : ITemplateStore, IChangeStore
{
    private readonly Dictionary<string, Template> _templates = new(StringComparer.Ordinal);

    public List<AuditEntry> Audit { get; } = [];

    public Template Only => Assert.Single(_templates).Value;

    /// <summary>Runs once before the next commit: somebody else is faster.</summary>
    public Action? Before { get; set; }

    public void Put(Template template) => _templates[template.Id] = template with { Revision = template.Revision + 1 };

    public Task<Template?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_templates.GetValueOrDefault(id));

    public Task<IReadOnlyList<Template>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Template>>([.. _templates.Values]);

    public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        var before = Before;
        Before = null;
        before?.Invoke();
        foreach (var template in changes.Templates)
        {
            if ((_templates.GetValueOrDefault(template.Id)?.Revision ?? 0) != template.Revision)
            {
                throw new ConflictException();
            }

            Put(template);
        }

        Audit.AddRange(changes.Audit);
        return Task.CompletedTask;
    }
}
