using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WeComOps.Console.Language;

namespace WeComOps.Console.Pages;

/// <summary>Language and light or dark, kept in cookies of the browser. Also for those who are not signed in yet.</summary>
[AllowAnonymous]
internal sealed class PreferencesModel : PageModel
{
    private const int DaysKept = 365;

    public IActionResult OnGet() => LocalRedirect("/");

    public IActionResult OnPost(string? theme, string? lang, string? back)
    {
        if (theme is "dark" or "light")
        {
            Keep("theme", theme);
        }

        if (lang is "zh-CN" or Texts.EnglishCode)
        {
            Keep(Texts.Cookie, lang);
        }

        return LocalRedirect(Url.IsLocalUrl(back) ? back! : "/");
    }

    private void Keep(string name, string value) => Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(DaysKept),
        SameSite = SameSiteMode.Lax,
        Secure = Request.IsHttps,
    });
}
