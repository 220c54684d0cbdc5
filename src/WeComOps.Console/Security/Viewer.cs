using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using WeComOps.Access;

namespace WeComOps.Console.Security;

/// <summary>Whoever looks at the console in this request, and how much of it they see.</summary>
internal sealed class Viewer
{
    private readonly Person? _person;

    public Viewer(IHttpContextAccessor accessor, People people)
    {
        var user = accessor.HttpContext?.User;
        _person = user?.Identity?.IsAuthenticated == true && user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? people.Find(id) : null;
    }

    internal Viewer(Person? person) => _person = person;

    public bool IsKnown => _person is not null;

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public Person Person => _person ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The only branch this person sees; null: the whole bank.</summary>
    public string? Branch => Person.Branch;

    public bool May(string policy) => _person is not null && ConsolePolicy.Roles[policy].Any(_person.Roles.Contains);

    public bool Is(string role) => _person?.Roles.Contains(role) == true;

    /// <summary>Whether something of a branch may be shown; without a branch it belongs to nobody's branch.</summary>
    public bool Sees(string? branch) => _person is not null && (_person.Branch is null || _person.Branch == branch);
}
