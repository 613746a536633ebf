using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>Tells addresses that anybody on the internet could call from those that only this machine or its network can (IANA, IPv4 and IPv6 Special-Purpose Address Registries).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Looks public and is Azure's own agent and name server (Microsoft, "What is IP address 168.63.129.16?").
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Where clouds give out credentials and machines talk to their host.</summary>
    private static readonly IPNetwork[] Host = [.. new[] { "169.254.0.0/16", "168.63.129.16/32", "fe80::/10", "fd00:ec2::/32" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether it may be called when private addresses may not.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = Plain(address);
        return !Private.Any(network => network.Contains(plain)) && (plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain));
    }

    /// <summary>Whether it is never to be called.</summary>
    public static bool IsHosts(IPAddress address)
    {
        var plain = Plain(address);
        return Host.Any(network => network.Contains(plain));
    }

    /// <summary>The IPv4 address that an IPv6 address stands for, or the address itself.</summary>
    private static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : Translated.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : new IPAddress(bytes);
    }
}
