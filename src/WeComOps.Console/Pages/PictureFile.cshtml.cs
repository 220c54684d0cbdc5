using System.Net.Mime;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using WeComOps.Console.Security;
using WeComOps.Media;

namespace WeComOps.Console.Pages;

/// <summary>The bytes of a picture, as what they were found to be when they were taken in; a browser makes nothing else of them.</summary>
[Authorize(Policy = ConsolePolicy.ReadTemplates)]
internal sealed class PictureFileModel(IPictureStore pictures) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(id, cancellationToken) is not { } picture || await pictures.ReadAsync(picture.Id, cancellationToken) is not { } bytes)
        {
            return NotFound();
        }

        // The id is a digest of the bytes: what was loaded once never changes.
        Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        var disposition = new ContentDispositionHeaderValue(DispositionTypeNames.Inline);
        disposition.SetHttpFileName(picture.Name);
        Response.Headers.ContentDisposition = disposition.ToString();
        return File(bytes, picture.ContentType);
    }
}
