using WeComOps.Directory;
using WeComOps.Primitives;
using WeComOps.Templates;
using WeComOps.Templates.Lint;

namespace WeComOps.Tests.Templates;

/// <summary>Templates in memory, written only as they were read, like in the store.</summary>
internal sealed class TemplateShelf : ITemplateStore, IChangeStore
{
    /// <summary>A desk that writes on this shelf.</summary>
    public TemplateDesk Desk => new(
        this, this, TemplateEngines.Create(), new TemplateLint(TemplateEngines.Create(), new LintSettings()), TimeProvider.System, new TemplatePictures(new PictureShelf()), new SmallBank(Advisors));

    public int Advisors { get; set; } = 60;

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

    /// <summary>A directory that only counts.</summary>
    private sealed class SmallBank(int advisors) : IDirectoryStore
    {
        public Task<int> CountAdvisorsAsync(CancellationToken cancellationToken) => Task.FromResult(advisors);

        public Task<IReadOnlyList<Branch>> BranchesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Member>> MembersAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Member?> FindMemberAsync(string userId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Leave>> LeaveAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
