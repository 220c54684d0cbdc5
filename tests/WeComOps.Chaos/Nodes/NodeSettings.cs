using System.Text.Json.Nodes;

namespace WeComOps.Chaos.Nodes;

/// <summary>Writes the configuration file of a node.</summary>
internal static class NodeSettings
{
    /// <summary>The product waits this long for WeCom; the fake's late answers come after it.</summary>
    public const int RequestTimeoutSeconds = 1;

    public static JsonObject For(Uri address, Uri wecom, string provider, string connectionString) => new()
    {
        ["Urls"] = address.ToString().TrimEnd('/'),
        ["WeCom"] = new JsonObject
        {
            ["ApiBaseUrl"] = wecom.ToString().TrimEnd('/'),
            ["CorpId"] = Corp.Id,
            ["AgentId"] = Corp.AgentId,
            ["Secret"] = Corp.Secret,
            ["RequestTimeoutSeconds"] = RequestTimeoutSeconds,
            ["Callback"] = new JsonObject { ["Token"] = Corp.CallbackToken, ["EncodingAesKey"] = Corp.EncodingAesKey },
            // The rig is no vendor with a limit: budgets of a minute would only make runs longer.
            ["Budgets"] = new JsonObject
            {
                ["/cgi-bin/externalcontact/add_moment_task"] = 100_000,
                ["/cgi-bin/externalcontact/add_msg_template"] = 100_000,
                ["/cgi-bin/externalcontact/get"] = 100_000,
                ["/cgi-bin/externalcontact/get_moment_task_result"] = 100_000,
                ["/cgi-bin/externalcontact/get_moment_list"] = 100_000,
                ["/cgi-bin/externalcontact/get_groupmsg_list_v2"] = 100_000,
                ["/cgi-bin/externalcontact/groupchat/get"] = 100_000,
                ["/cgi-bin/message/send"] = 100_000,
            },
        },
        ["Storage"] = new JsonObject { ["Provider"] = provider, ["ConnectionString"] = connectionString, ["SpillLimitMb"] = 2 },
        ["Links"] = new JsonObject { ["PublicBaseUrl"] = "https://link.bank.example", ["AllowedHosts"] = new JsonArray("m.bank.example") },
        ["Sales"] = new JsonObject { ["SigningSecret"] = "whsec_Y2hhb3MtcmlnLW9ubHktbm8tc2VjcmV0LWF0LWFsbA==" },
        // Questions that wait for the advisor's word must still wait when the run is checked.
        ["Answers"] = new JsonObject { ["IdentifyMinutes"] = 1000 },
        ["Access"] = new JsonObject { ["AdministratorKey"] = "chaos-rig-administrator-key-of-no-use" },
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Warning", ["WeComOps.Host.Jobs"] = "Information" } },
    };
}
