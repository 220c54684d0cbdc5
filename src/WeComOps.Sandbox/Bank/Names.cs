using WeComOps.Sandbox.Story;

namespace WeComOps.Sandbox.Bank;

/// <summary>Chinese names for people who do not exist.</summary>
internal static class Names
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
    private const string Female = "婷雅静丽敏娟芳燕玲洁颖琳雪慧萍红霞莹倩岚月薇欣怡佳瑶珊妍蓉蕾";
    private const string Male = "伟强磊军洋勇杰涛明超平刚辉鹏宇浩凯健俊帆旭斌波鑫峰博翔坤晨瑞";
    private const string Middle = "思文子晓志建国海天家永嘉梓若亦宏雨书承景安诗启润培泽婉锦";

    /// <summary>A full name; gender 1 male, 2 female.</summary>
    public static string Person(Dice dice, string kind, long index, int gender)
    {
        var surname = Surnames[dice.Below(Surnames.Length, kind, index, 1)];
        var given = gender == 2 ? Female : Male;
        var last = given[dice.Below(given.Length, kind, index, 2)];
        return dice.Chance(0.2, kind, index, 3) ? $"{surname}{last}" : $"{surname}{Middle[dice.Below(Middle.Length, kind, index, 4)]}{last}";
    }
}
