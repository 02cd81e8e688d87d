using System.Collections.Frozen;
using System.Globalization;
using CommandCenter.Web.Wall;

namespace CommandCenter.Web.Trail;

/// <summary>Every word of the page of the trace, both languages side by side.</summary>
internal static class TrailTexts
{
    private static readonly FrozenDictionary<string, (string Zh, string En)> s_texts = new Dictionary<string, (string Zh, string En)>
    {
        ["product"] = ("执行指挥中心", "Enforcement Command Centre"),
        ["home"] = ("首页", "Home"),
        ["title"] = ("留痕", "Trace"),
        ["lead"] = ("谁、何时、从何处、看了或做了什么。只增不改，逐条成链；本页的查询同样留痕。", "Who, when, from where, saw or did what. It only grows, each record chained to the one before; searching here leaves a trace too."),
        ["head"] = ("当前末条（序号:哈希），请定期抄存他处：{0}", "The last record (number:hash), to be noted elsewhere now and then: {0}"),
        ["unreadable"] = ("途中有 {0} 条记录损坏，请运行 verify 核查。", "{0} damaged records on the way; run verify."),
        ["from"] = ("起", "From"),
        ["to"] = ("止", "Before"),
        ["actor"] = ("账号", "Account"),
        ["action"] = ("行为（开头）", "Act (beginning)"),
        ["subject"] = ("对象", "Subject"),
        ["outcome"] = ("结果", "Outcome"),
        ["any"] = ("全部", "any"),
        ["outcome.done"] = ("完成", "done"),
        ["outcome.denied"] = ("拒绝", "denied"),
        ["outcome.failed"] = ("失败", "failed"),
        ["find"] = ("查询", "Find"),
        ["reset"] = ("清除", "Reset"),
        ["act"] = ("行为", "Act"),
        ["sequence"] = ("序号", "No."),
        ["at"] = ("时间", "When"),
        ["role"] = ("角色", "Role"),
        ["where"] = ("来源", "From where"),
        ["detail"] = ("详情", "Detail"),
        ["empty"] = ("没有符合条件的记录。", "No record is like that."),
        ["next"] = ("更早的记录", "Older records"),
        ["first"] = ("回到最新", "Newest"),
        ["fault"] = ("查询条件有误：{0}", "The question is not understood: {0}"),
    }.ToFrozenDictionary();

    /// <summary>All keys, for the test that keeps both languages complete.</summary>
    public static IEnumerable<string> Keys => s_texts.Keys;

    /// <exception cref="KeyNotFoundException">No such text: a slip in our own code, never bad input.</exception>
    public static string Of(string key, WallLanguage language) => language == WallLanguage.En ? s_texts[key].En : s_texts[key].Zh;

    /// <summary>With values in it.</summary>
    public static string Format(string key, WallLanguage language, params object[] values) => string.Format(CultureInfo.InvariantCulture, Of(key, language), values);
}
