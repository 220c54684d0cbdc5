namespace WeComOps.Sandbox;

/// <summary>What the simulated tenant and its bank look like. Every draw of the story follows from <see cref="Seed"/> and these values.</summary>
public sealed record SandboxOptions
{
    /// <summary>Seed of every random draw: the same seed and the same calls of the product give the same story.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>Number of advisors (客户经理), spread over six branches; 1 to 999.</summary>
    public int Advisors { get; init; } = 60;

    /// <summary>Friends (客户) that each advisor has on the first day, on average.</summary>
    public int FriendsPerAdvisor { get; init; } = 110;

    /// <summary>First day of the story, a Monday in Asia/Shanghai.</summary>
    public DateOnly FirstMonday { get; init; } = new(2026, 10, 19);

    /// <summary>Weeks (Monday to Sunday) in which the bank lives its daily life; reactions to what is sent later still happen.</summary>
    public int Weeks { get; init; } = 4;

    /// <summary>Corp id that gettoken expects and that closes every encrypted callback (WeCom doc 91039, 90968).</summary>
    public string CorpId { get; init; } = "wwsandbox00000001";

    /// <summary>Id of the self-built app that sends messages and receives callbacks.</summary>
    public int AgentId { get; init; } = 1000002;

    /// <summary>Secret of the app, checked by gettoken.</summary>
    public string Secret { get; init; } = "sandbox-app-secret-0000000000000000000000001";

    /// <summary>Token that signs callbacks (WeCom doc 90968).</summary>
    public string CallbackToken { get; init; } = "SandboxToken01";

    /// <summary>EncodingAESKey of the callbacks, 43 characters (WeCom doc 90968).</summary>
    public string EncodingAesKey { get; init; } = "c2FuZGJveC1lbmNvZGluZy1hZXMta2V5LTAwMDAwMDE";

    /// <summary>Secret with which the shop signs its sales (Standard Webhooks): <c>whsec_</c> and base64 of 32 bytes.</summary>
    public string SalesSigningSecret { get; init; } = "whsec_c2FuZGJveC1zYWxlcy1zaWduaW5nLWtleS0wMDAwMDE=";

    /// <summary>Days off besides weekends.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>Weekend days on which people work (调休).</summary>
    public IReadOnlyList<DateOnly> Workdays { get; init; } = [];

    /// <summary>Tiers (客户等级) whose customers are valuable.</summary>
    public IReadOnlyList<string> ValuableTiers { get; init; } = ["白金", "私行"];

    /// <summary>Faults that hold from the start; they can be changed while it runs with POST /sandbox/faults.</summary>
    public SandboxFaults Faults { get; init; } = new();
}
