using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// One route, matched alone by the classes that the official host's router is made of, because the order over all routes is not ASP.NET Core's.
/// </summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher _matcher;
    private readonly KeyValuePair<string, IRouteConstraint>[] _constraints;
    private readonly string[] _methods;
    private readonly string? _literal;

    /// <exception cref="ArgumentException">The template does not parse.</exception>
    /// <exception cref="InvalidOperationException">A constraint is not known.</exception>
    public HttpRoute(string template, string[]? methods, IInlineConstraintResolver constraints)
    {
        var parsed = TemplateParser.Parse(template);
        var defaults = new RouteValueDictionary();
        var builder = new RouteConstraintBuilder(constraints, template);
        foreach (var parameter in parsed.Parameters)
        {
            foreach (var constraint in parameter.InlineConstraints)
            {
                builder.AddResolvedConstraint(parameter.Name!, constraint.Constraint);
            }

            if (parameter.IsOptional)
            {
                builder.SetOptional(parameter.Name!);
            }

            if (parameter.DefaultValue is not null)
            {
                defaults.Add(parameter.Name!, parameter.DefaultValue);
            }
        }

        Template = template;
        Parameters = [.. parsed.Parameters.Select(parameter => parameter.Name!)];
        _constraints = [.. builder.Build()];
        _matcher = new TemplateMatcher(parsed, defaults);
        _methods = methods ?? [];
        _literal = parsed.Parameters.Count == 0 ? $"/{template.Trim('/')}" : null;
    }

    public string Template { get; }

    public IReadOnlyList<string> Parameters { get; }

    /// <param name="context">The request.</param>
    /// <param name="values">Empty; filled when the route matches, left in any state when it does not.</param>
    public bool Matches(HttpContext context, RouteValueDictionary values)
    {
        if (!MatchesMethod(context.Request.Method))
        {
            return false;
        }

        if (_literal is not null)
        {
            return MatchesLiteral(context.Request.Path.Value, _literal);
        }

        if (!_matcher.TryMatch(context.Request.Path, values))
        {
            return false;
        }

        foreach (var (name, constraint) in _constraints)
        {
            if (!constraint.Match(context, route: null, name, values, RouteDirection.IncomingRequest))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same template, whatever its case, with a method in common: the official host refuses to load the second of the two.</summary>
    public bool ConflictsWith(HttpRoute other) =>
        Template.Trim('/').Equals(other.Template.Trim('/'), StringComparison.OrdinalIgnoreCase)
        && (_methods.Length == 0 || other._methods.Length == 0 || _methods.Intersect(other._methods, StringComparer.OrdinalIgnoreCase).Any());

    /// <summary>As the matcher does, without taking the path apart: whatever the case, with or without a slash at the end.</summary>
    private static bool MatchesLiteral(ReadOnlySpan<char> path, ReadOnlySpan<char> literal) =>
        (path is [.., _, '/'] ? path[..^1] : path).Equals(literal, StringComparison.OrdinalIgnoreCase);

    private bool MatchesMethod(string method)
    {
        foreach (var allowed in _methods)
        {
            if (method.Equals(allowed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return _methods.Length == 0;
    }
}
