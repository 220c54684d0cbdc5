using System.Diagnostics;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using WeComOps.Console.Language;

namespace WeComOps.Console.Pages;

/// <summary>What a refusal or a failure looks like: what happened, what was kept, what to do.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
internal sealed class StatusModel(Texts t) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int Code { get; set; }

    /// <summary>Finds the failure in the log.</summary>
    public string Reference => Activity.Current?.Id ?? HttpContext.TraceIdentifier;

    public string Heading => t[Code switch
    {
        400 => "这个请求没有被接受",
        403 => "您没有查看这一页的权限",
        404 => "没有这一页",
        413 => "文件太大",
        429 => "尝试太频繁",
        _ => "页面出错了",
    }];

    public string Advice => t[Code switch
    {
        400 => "页面可能打开太久了，没有任何改动。请返回上一页刷新后再试。",
        403 => "没有任何改动。如果工作需要，请联系系统管理员调整角色或机构范围。",
        404 => "地址可能写错了，或者内容已经不在。",
        413 => "没有保存。图片请压缩到 10 MB 以内再上传。",
        429 => "请等一分钟再试。",
        _ => "已经保存的内容不受影响。请稍后再试；如果仍然出错，把下面的编号告诉系统管理员。",
    }];

    public void OnGet()
    {
    }

    public void OnPost()
    {
    }
}
