using Microsoft.Playwright;
using WeComOps.Host.Demo;

namespace WeComOps.Browser.Tests;

/// <summary>The demo bank after its weeks, and one Chromium. The browser is Debian's: nothing is downloaded.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("wecomops-browser-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private DemoRun? _run;

    internal DemoRun Run => _run ?? throw new InvalidOperationException("The fixture has not started.");

    /// <summary>Screenshots are written here; the README shows one of them.</summary>
    public static string Screenshots { get; } = CreateScreenshots();

    public async ValueTask InitializeAsync()
    {
        _run = await DemoRun.StartAsync(new DemoSettings(Weeks: 4, Advisors: 60, Seed: 42, Port: 0, _folder), _stop.Token);
        await _run.LiveAsync(progress: null, _stop.Token);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Browsers.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Chromium is not installed. Run ./build.sh, which installs it."),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <summary>A page of a person of the demo, signed in through the role switch; fails on any error in the browser's console.</summary>
    public async Task<VisitedPage> SignInAsync(string name, int width = 1366, int height = 900, bool dark = false)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Run.ConsoleUrl.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        var visited = new VisitedPage(context, await context.NewPageAsync());
        await visited.Page.GotoAsync("/signin");
        await visited.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameString = name }).ClickAsync();
        await visited.Page.WaitForURLAsync(url => !url.Contains("/signin", StringComparison.Ordinal));
        return visited;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_run is not null)
        {
            await _run.DisposeAsync();
        }

        _stop.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static string CreateScreenshots()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        System.IO.Directory.CreateDirectory(folder);
        return folder;
    }
}

/// <summary>A page that remembers what went wrong in it: a blocked script or style is a failure of the page.</summary>
public sealed class VisitedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    internal VisitedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _errors.Add(error);
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The caret stays as it is: hiding it would leave style attributes in the page, which its policy forbids to copy.</summary>
    public Task ScreenshotAsync(string name, bool fullPage = false) => Page.ScreenshotAsync(
        new PageScreenshotOptions { Path = Path.Combine(BrowserFixture.Screenshots, name), FullPage = fullPage, Caret = ScreenshotCaret.Initial });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
