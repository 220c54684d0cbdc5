using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Logging;
using WeComOps.Access;
using WeComOps.Console.Language;
using WeComOps.Console.Security;

namespace WeComOps.Console.Pages;

/// <summary>In by the administrator's key; in the demo, on this machine only, as one of the demo's people.</summary>
[AllowAnonymous]
[EnableRateLimiting(ConsoleCookie.SignInLimit)]
internal sealed partial class SignInModel(People people, Texts t, ILogger<SignInModel> logger) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    public string? Refusal { get; private set; }

    public bool MayBecome => people.Demo.Count > 0 && Loopback.IsLocal(HttpContext);

    public bool TakesKey => people.HasAdministratorKey;

    public IReadOnlyList<Person> DemoPeople => people.Demo;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostKeyAsync(string? key)
    {
        if (!people.IsAdministratorKey(key))
        {
            Log.WrongKey(logger);
            Refusal = t["密钥不对。检查有没有多余的空格，再试一次；一分钟最多试 10 次。"];
            return Page();
        }

        return await EnterAsync(people.Find(People.AdministratorId)!);
    }

    public async Task<IActionResult> OnPostBecomeAsync(string? id) =>
        MayBecome && people.Demo.FirstOrDefault(person => person.Id == id) is { } person ? await EnterAsync(person) : Forbid();

    public async Task<IActionResult> OnPostLeaveAsync()
    {
        await HttpContext.SignOutAsync(ConsoleCookie.Scheme);
        return LocalRedirect("/signin");
    }

    private async Task<IActionResult> EnterAsync(Person person)
    {
        await HttpContext.SignInAsync(ConsoleCookie.Scheme, people.PrincipalOf(person, ConsoleCookie.Scheme));
        Log.SignedIn(logger, person.Id);
        return Url.IsLocalUrl(ReturnUrl) ? LocalRedirect(ReturnUrl!) : LocalRedirect(Landing.Of(new Viewer(person)));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Person} signed in")]
        public static partial void SignedIn(ILogger logger, string person);

        [LoggerMessage(2, LogLevel.Warning, "A sign-in with a wrong administrator key was refused")]
        public static partial void WrongKey(ILogger logger);
    }
}
