using WeComOps.Console.Cards;
using WeComOps.Console.Security;
using WeComOps.Directory;
using WeComOps.Templates;

namespace WeComOps.Console.Naming;

/// <summary>Reads the names that pages show instead of ids.</summary>
internal sealed class NameBook(IDirectoryStore directory, ITemplateStore templates, People people)
{
    private readonly Brief<string, Names> _names = new(TimeSpan.FromSeconds(5), most: 1);

    public Task<Names> GetAsync(CancellationToken cancellationToken) => _names.GetAsync(
        "all",
        async token => new Names(await directory.BranchesAsync(token), await directory.MembersAsync(token), await templates.ListAsync(token), people.Demo),
        cancellationToken);
}
