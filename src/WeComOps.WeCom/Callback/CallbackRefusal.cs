namespace WeComOps.WeCom.Callback;

/// <summary>Why a callback is not accepted. Logged and counted; the caller sees only the status code.</summary>
public enum CallbackRefusal
{
    /// <summary>msg_signature, timestamp, nonce or echostr is absent, empty or given twice.</summary>
    MissingParameter,

    /// <summary>The timestamp is no number or more than 300 s away from now.</summary>
    BadTimestamp,

    /// <summary>More than 1 MiB.</summary>
    TooLarge,

    /// <summary>The body ended early.</summary>
    BrokenBody,

    /// <summary>The body came too slowly: WeCom would have hung up long before its end.</summary>
    TooSlow,

    /// <summary>The outer XML is malformed, carries a DTD or has not exactly one Encrypt.</summary>
    BadEnvelope,

    /// <summary>The signature does not hold for any configured token.</summary>
    Forged,

    /// <summary>The ciphertext is not Base64.</summary>
    BadBase64,

    /// <summary>The ciphertext is no whole number of 32-byte blocks.</summary>
    BadCipherLength,

    /// <summary>The padding is not 1 to 32 equal bytes: usually another key.</summary>
    BadPadding,

    /// <summary>The length field points beyond the plaintext.</summary>
    BadLengthField,

    /// <summary>The message is for another corp.</summary>
    ForeignCorp,

    /// <summary>The message is not UTF-8.</summary>
    BadText,

    /// <summary>The inner XML is malformed or carries a DTD.</summary>
    BadXml,

    /// <summary>The decrypted echostr is not the short token that WeCom sends.</summary>
    NotAnEcho,
}
