using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using WeComOps.WeCom.Callback;

namespace WeComOps.WeCom.Tests.Callback;

/// <summary>Against @wecom/crypto, WeCom's own npm package: each opens what the other sealed.</summary>
public sealed class NodeCryptoTests
{
    private static readonly string[] Messages =
    [
        "", "x", "<xml><Content><![CDATA[客户问这款产品能提前赎回吗🙂]]></Content></xml>", Vectors.FullBlockMessage,
        .. Enumerable.Range(0, 64).Select(static length => new string('y', length)),
    ];

    private static readonly CallbackCrypto Crypto = new(Vectors.Token, Vectors.Key, Vectors.Corp);

    [Fact]
    public async Task We_open_what_the_npm_package_sealed()
    {
        var answers = await RunAsync(Messages.Select(static message => Request("seal", ("message", message))));

        Assert.Equal(Messages.Length, answers.Count);
        foreach (var (message, answer) in Messages.Zip(answers))
        {
            Assert.True(Crypto.Verify(Text(answer, "signature"), "1700000000", "n+1", Text(answer, "encrypted")));
            Assert.Equal(message, Vectors.Crypto.Decrypt(Text(answer, "encrypted")));
        }
    }

    [Fact]
    public async Task The_npm_package_opens_what_we_sealed()
    {
        var sealedOnes = Messages.Select(Crypto.Encrypt).ToList();
        var answers = await RunAsync(sealedOnes.Select(static cipher => Request("open", ("encrypted", cipher))));

        Assert.Equal(Messages.Length, answers.Count);
        foreach (var (message, cipher, answer) in Messages.Zip(sealedOnes, answers))
        {
            Assert.Equal(message, Text(answer, "message"));
            Assert.Equal(Vectors.Corp, Text(answer, "corp"));
            Assert.Equal(Crypto.Sign("1700000000", "n+1", cipher), Text(answer, "signature"));
        }
    }

    private static JsonObject Request(string action, (string Name, string Value) part) => new()
    {
        ["action"] = action,
        ["token"] = Vectors.Token,
        ["key"] = Vectors.Key,
        ["corp"] = Vectors.Corp,
        ["timestamp"] = "1700000000",
        ["nonce"] = "n+1",
        [part.Name] = part.Value,
    };

    private static string Text(JsonNode answer, string name) => answer[name]!.GetValue<string>();

    private static async Task<List<JsonNode>> RunAsync(IEnumerable<JsonObject> requests)
    {
        var start = new ProcessStartInfo("node", "crypto.mjs")
        {
            WorkingDirectory = ScriptFolder(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        foreach (var request in requests)
        {
            await node.StandardInput.WriteLineAsync(request.ToJsonString());
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await errors);
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
    }

    private static string ScriptFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "node", "crypto.mjs")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("node/crypto.mjs was not found above the test."), "node");
    }
}
