using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WeComOps.Access;

namespace WeComOps.Console.Security;

/// <summary>The people of the console: the administrator by key, in the demo the demo's people.</summary>
internal sealed class People(IOptions<AccessOptions> options)
{
    public const string AdministratorId = "administrator";

    /// <summary>Binds a session to the key it was opened with: a changed key ends the session.</summary>
    public const string KeyClaim = "wecomops:key";

    public IReadOnlyList<Person> Demo => options.Value.DemoPeople;

    public bool HasAdministratorKey => options.Value.AdministratorKey is { Length: >= AccessOptions.ShortestKey };

    public Person? Find(string id) => id == AdministratorId && HasAdministratorKey
        ? new Person(AdministratorId, "系统管理员", [Role.Administrator], Branch: null, Team: null)
        : Demo.FirstOrDefault(person => person.Id == id);

    /// <summary>Compares hashes, so that the time taken tells neither the key nor its length.</summary>
    public bool IsAdministratorKey(string? given) => HasAdministratorKey
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given ?? string.Empty)), SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.AdministratorKey!)));

    public ClaimsPrincipal PrincipalOf(Person person, string scheme)
    {
        var claims = new List<Claim> { new(ClaimTypes.NameIdentifier, person.Id), new(ClaimTypes.Name, person.Name) };
        claims.AddRange(person.Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        if (person.Id == AdministratorId)
        {
            claims.Add(new Claim(KeyClaim, KeyMark()));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    /// <summary>The person a session belongs to as they are now: null when they left or the key changed.</summary>
    public Person? Current(ClaimsPrincipal? principal)
    {
        if (principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id || Find(id) is not { } person)
        {
            return null;
        }

        return id == AdministratorId && principal.FindFirstValue(KeyClaim) != KeyMark() ? null : person;
    }

    private string KeyMark() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("session:" + options.Value.AdministratorKey)))[..16];
}
