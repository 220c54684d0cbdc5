using Microsoft.Extensions.Options;
using WeComOps.Storage;

namespace WeComOps.Host;

/// <summary>
/// What this node does (configuration <c>Roles</c>; nothing said: everything). <c>callback</c> takes what the world outside
/// sends: WeCom's callbacks, tracked links, the bank's sales. <c>worker</c> runs scheduled jobs and the work cycle. <c>web</c>
/// serves people: console, sidebar, read API. Health and metrics are on every node.
/// </summary>
/// <param name="Names">As configured, known or not.</param>
internal sealed record NodeRoles(IReadOnlyList<string> Names)
{
    public const string Section = "Roles";
    public const string Callback = "callback";
    public const string Worker = "worker";
    public const string Web = "web";

    public static readonly IReadOnlyList<string> All = [Callback, Worker, Web];

    public bool IsCallback => Names.Contains(Callback, StringComparer.OrdinalIgnoreCase);

    public bool IsWorker => Names.Contains(Worker, StringComparer.OrdinalIgnoreCase);

    public bool IsWeb => Names.Contains(Web, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A list, or one text with commas. The text wins: lists of several sources are laid over one another item by item, so an
    /// environment variable could add to the file's list and never shorten it.
    /// </summary>
    public static NodeRoles Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        string[] names = string.IsNullOrWhiteSpace(section.Value)
            ? [.. section.GetChildren().Select(static child => child.Value?.Trim() ?? "")]
            : section.Value.Split(',', StringSplitOptions.TrimEntries);
        return new NodeRoles(names.Length == 0 ? All : names);
    }

    /// <summary>Whether the store is one that several nodes write to.</summary>
    public static bool MayBeMany(IConfiguration configuration) =>
        string.Equals(configuration["Storage:Provider"], nameof(StorageProvider.PostgreSql), StringComparison.OrdinalIgnoreCase);

    public static IServiceCollection Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Read(configuration));
        services.AddOptionsWithValidateOnStart<Checked, Validator>();
        return services;
    }

    /// <summary>Only there to be checked at start, together with all other options.</summary>
    internal sealed class Checked;

    internal sealed class Validator(NodeRoles roles, IConfiguration configuration) : IValidateOptions<Checked>
    {
        public ValidateOptionsResult Validate(string? name, Checked options)
        {
            var failures = roles.Names
                .Where(static role => !All.Contains(role, StringComparer.OrdinalIgnoreCase))
                .Select(static role => $"Roles: '{role}' is no role. Use any of {string.Join(", ", All)}, or leave Roles out for all of them.")
                .ToList();
            if (failures.Count == 0 && !MayBeMany(configuration) && !(roles.IsCallback && roles.IsWorker && roles.IsWeb))
            {
                failures.Add("Roles: with Storage:Provider Sqlite one process does everything, since a second one may not write. Leave Roles out, or use PostgreSql.");
            }

            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
    }
}
