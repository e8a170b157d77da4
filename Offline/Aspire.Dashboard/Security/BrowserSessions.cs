using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Security;

/// <summary>
/// Who is signed in: a cookie that carries its own end and a signature. Nothing is stored, so nothing grows, and whoever knows the browser
/// token stays signed in when the dashboard is started again with the same one.
/// </summary>
internal sealed class BrowserSessions(DashboardOptions options, TimeProvider clock)
{
    public const string CookieName = ".Aspire.Dashboard.Auth";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(3);

    private readonly byte[] _key = options.BrowserToken is { } token
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), 32, info: "Aspire.Dashboard.Auth"u8.ToArray())
        : RandomNumberGenerator.GetBytes(32);

    /// <summary>Whether that is the token of the login page.</summary>
    public bool IsToken(string? token) => FixedTime.Equals(options.BrowserToken, token);

    /// <summary>The id of the session of a request, or null when it has none that is valid.</summary>
    public string? GetSession(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: < 200 } cookie || cookie.Split('.') is not [var id, var end, var signature])
        {
            return null;
        }

        return FixedTime.Equals(Sign($"session|{id}|{end}"), signature)
            && long.TryParse(end, CultureInfo.InvariantCulture, out var seconds)
            && seconds > clock.GetUtcNow().ToUnixTimeSeconds()
            ? id
            : null;
    }

    /// <summary>Starts a session and returns its id.</summary>
    public string SignIn(HttpContext context)
    {
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var ends = clock.GetUtcNow() + s_lifetime;
        var end = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Cookies.Append(CookieName, $"{id}.{end}.{Sign($"session|{id}|{end}")}", CookieOptions(context, ends));
        return id;
    }

    /// <summary>Takes the cookie away.</summary>
    public static void SignOut(HttpContext context) => context.Response.Cookies.Delete(CookieName, CookieOptions(context, null));

    /// <summary>
    /// The token that forms and scripts of a page send back with commands (field <c>__RequestVerificationToken</c> or header <c>X-CSRF-Token</c>).
    /// Bound to the session; other sites can't read it.
    /// </summary>
    public string GetAntiforgeryToken(HttpContext context) => Sign($"antiforgery|{CurrentSession(context)}");

    /// <summary>Whether a command came from one of our own pages.</summary>
    public bool IsAntiforgeryToken(HttpContext context, string? token) => FixedTime.Equals(GetAntiforgeryToken(context), token);

    /// <summary>
    /// Unsecured there are no sessions: one token for all then, which other sites can't read either; it is a new one with each start.
    /// </summary>
    private string CurrentSession(HttpContext context) => options.IsUnsecured ? "" : GetSession(context) ?? "";

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));

    private static CookieOptions CookieOptions(HttpContext context, DateTimeOffset? ends) => new()
    {
        HttpOnly = true,
        // Lax: a link to the dashboard from a terminal, a mail or the counted page must find the user signed in.
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        Expires = ends,
    };
}
