using System.Globalization;
using System.Reflection;

namespace EmbeddedFunctions.Tests.Hosting;

/// <summary>
/// A class whose methods answer with other objects for the same parameters each time, as those of the runtime do while several threads are the first to ask.
/// </summary>
internal sealed class ForgetfulClass(Type type) : TypeDelegator(type)
{
    public override MethodInfo[] GetMethods(BindingFlags bindingAttr) => [.. base.GetMethods(bindingAttr).Select(method => new Method(method))];

    private sealed class Method(MethodInfo method) : MethodInfo
    {
        public override string Name => method.Name;

        public override Type? DeclaringType => method.DeclaringType;

        public override Type? ReflectedType => method.ReflectedType;

        public override Type ReturnType => method.ReturnType;

        public override MethodAttributes Attributes => method.Attributes;

        public override RuntimeMethodHandle MethodHandle => method.MethodHandle;

        public override ICustomAttributeProvider ReturnTypeCustomAttributes => method.ReturnTypeCustomAttributes;

        public override ParameterInfo[] GetParameters() => [.. method.GetParameters().Select(parameter => new Parameter(parameter, this))];

        public override MethodInfo GetBaseDefinition() => this;

        public override MethodImplAttributes GetMethodImplementationFlags() => method.GetMethodImplementationFlags();

        public override bool IsDefined(Type attributeType, bool inherit) => method.IsDefined(attributeType, inherit);

        public override object[] GetCustomAttributes(bool inherit) => method.GetCustomAttributes(inherit);

        public override object[] GetCustomAttributes(Type attributeType, bool inherit) => method.GetCustomAttributes(attributeType, inherit);

        public override object? Invoke(object? obj, BindingFlags invokeAttr, Binder? binder, object?[]? parameters, CultureInfo? culture) =>
            method.Invoke(obj, invokeAttr, binder, parameters, culture);
    }

    private sealed class Parameter(ParameterInfo parameter, MemberInfo member) : ParameterInfo
    {
        public override string? Name => parameter.Name;

        public override int Position => parameter.Position;

        public override MemberInfo Member => member;

        public override Type ParameterType => parameter.ParameterType;

        public override bool HasDefaultValue => parameter.HasDefaultValue;

        public override object? DefaultValue => parameter.DefaultValue;

        public override bool IsDefined(Type attributeType, bool inherit) => parameter.IsDefined(attributeType, inherit);

        public override object[] GetCustomAttributes(Type attributeType, bool inherit) => parameter.GetCustomAttributes(attributeType, inherit);
    }
}
