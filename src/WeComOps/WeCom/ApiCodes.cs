namespace WeComOps.WeCom;

/// <summary>Groups of WeCom's error codes (doc 90313) that use cases treat alike.</summary>
public static class ApiCodes
{
    /// <summary>
    /// The corp's or our own settings are wrong: secret, token, trusted address, permission. Says nothing about the thing asked
    /// for; the call is made again once a person has mended them.
    /// </summary>
    public static bool IsConfiguration(int code) => code is 40001 or 40013 or 40014 or 40091 or 41001 or 42001 or 48001 or 48002 or 60011 or 60020 or 301002;

    /// <summary>The group is none of customers (90501) or was dismissed (49008): asking again will bring no other answer.</summary>
    public static bool IsGroupGone(int code) => code is 90501 or 49008;

    /// <summary>The media id is unknown, expired or made for another use.</summary>
    public const int NoSuchMedia = 40007;

    /// <summary>How long to wait before a call that a setting refused is made again.</summary>
    public static readonly TimeSpan SettingsPause = TimeSpan.FromMinutes(10);
}
