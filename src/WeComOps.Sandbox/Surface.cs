using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WeComOps.Sandbox.Api;
using WeComOps.Sandbox.Bank;
using WeComOps.Sandbox.Books;
using WeComOps.Sandbox.Pages;
using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox;

/// <summary>What the sandbox serves: WeCom's API, the bank's files, the books, the faults and the pages for people.</summary>
internal sealed class Surface(World world, ApiRouter router, BookKeeper books, Playground playground)
{
    private const string Api = "/cgi-bin/";
    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web);

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var served = path.StartsWith(Api, StringComparison.Ordinal) ? await router.TryServeAsync(path[Api.Length..], context)
            : path.StartsWith("/sandbox", StringComparison.Ordinal) && await ServeOwnAsync(path, context);
        if (!served) context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task<bool> ServeOwnAsync(string path, HttpContext context)
    {
        var week = context.Request.Query["week"].ToString();
        switch (context.Request.Method, path)
        {
            case ("GET", "/sandbox/bank/customers.csv"):
                return await WriteAsync(context, "text/csv; charset=utf-8", Held(() => BankFiles.Customers(world.Customers)));
            case ("GET", "/sandbox/bank/leave.csv"):
                return await WriteAsync(context, "text/csv; charset=utf-8", Held(() => BankFiles.Leave(world.Advisors)));
            case ("GET", "/sandbox/bank/market"):
                return await MarketAsync(context);
            case ("GET", "/sandbox/books"):
                return await WriteAsync(context, "application/json; charset=utf-8", books.Week(week));
            case ("GET", "/sandbox/books/events"):
                return await WriteAsync(context, "application/json; charset=utf-8", books.Events(week));
            case ("POST", "/sandbox/faults"):
                return await FaultsAsync(context);
            default:
                return await playground.TryServeAsync(path, context);
        }
    }

    private async Task<bool> MarketAsync(HttpContext context)
    {
        var day = context.Request.Query["day"].ToString();
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return await WriteAsync(context, "application/json", null);
        return await WriteAsync(context, "application/json; charset=utf-8", Held(() => Encoding.UTF8.GetString(BankFiles.MarketJson(world.Market.On(date)))));
    }

    private async Task<bool> FaultsAsync(HttpContext context)
    {
        SandboxFaults? faults;
        try
        {
            faults = await JsonSerializer.DeserializeAsync<SandboxFaults>(context.Request.Body, Reading, context.RequestAborted);
        }
        catch (JsonException)
        {
            faults = null;
        }

        if (faults is null) return await WriteAsync(context, "application/json", null);
        lock (world.Gate) router.SetFaults(faults);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }

    private T Held<T>(Func<T> read)
    {
        lock (world.Gate) return read();
    }

    /// <summary>Writes a text, or 400 when there is none because the request made no sense.</summary>
    private static async Task<bool> WriteAsync(HttpContext context, string type, string? text)
    {
        context.Response.StatusCode = text is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        context.Response.ContentType = type;
        if (text is not null) await context.Response.WriteAsync(text, context.RequestAborted);
        return true;
    }
}
