using System.Text;
using WeComOps.Primitives;
using WeComOps.WeCom;

namespace WeComOps.Outbox;

/// <summary>Sends a text to its writer only, as a message of the app, marked as a trial: the one way out for what is not approved.</summary>
public sealed class SendTrial(IChangeStore changes, IEntropy entropy, TimeProvider clock)
{
    private const string Mark = "【试发，仅本人可见】\n";

    /// <summary>WeCom cuts app messages silently beyond this (doc 90236).</summary>
    private const int MostBytes = 2048;

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Null when it is on its way; else why not, in the words of the screen.</summary>
    /// <param name="subject">What it is a trial of, for the audit.</param>
    public async Task<string?> SendAsync(string subject, string text, string who, CancellationToken cancellationToken)
    {
        var content = Mark + text.Trim();
        if (Encoding.UTF8.GetByteCount(content) is > MostBytes and var bytes)
        {
            return $"应用消息最多 {MostBytes} 字节，这一条是 {bytes} 字节，没有发送。请在预览里查看全文。";
        }

        var now = clock.GetNow();
        var sent = new Changes();
        sent.Outgoing.Add(OutgoingMessages.Plan("trial:" + entropy.NewToken(), new AppMessage.Text(who, content), now, now + Life));
        sent.Audit.Add(new AuditEntry(now, who, "send-trial", subject, null));
        await changes.CommitAsync(sent, cancellationToken);
        return null;
    }
}
