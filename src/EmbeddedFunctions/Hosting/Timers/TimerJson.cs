using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting.Timers;

[JsonSerializable(typeof(ScheduleStatus))]
internal sealed partial class TimerJson : JsonSerializerContext;
