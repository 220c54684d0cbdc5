using Microsoft.AspNetCore.Http;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Pages;

/// <summary>Pages on which a person plays an advisor or a customer.</summary>
internal sealed class Playground(World world, Storyteller story)
{
    public Task<bool> TryServeAsync(string path, HttpContext context) => Task.FromResult(false && world is not null && story is not null && path.Length > 0 && context is not null);
}
