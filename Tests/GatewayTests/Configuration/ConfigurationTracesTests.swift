import Gateway
import Secrets
import Testing
import Tracing

@Suite struct ConfigurationTracesTests {
    @Test func `nothing is traced unless somebody says where to`() throws {
        let traces = try Samples.read([:]).traces
        #expect(traces.collector == nil)
        #expect(traces.sampling == .parentAlways)
        #expect(traces.ratio == 1)
        #expect(traces.serviceName == "marquee")
    }

    @Test(arguments: [
        ("http://127.0.0.1:4318", "127.0.0.1", 4318, "/v1/traces"),
        ("http://collector", "collector", 80, "/v1/traces"),
        ("http://collector/", "collector", 80, "/v1/traces"),
        ("HTTP://c.example:65535/otlp/a//", "c.example", 65_535, "/otlp/a/v1/traces"),
        ("http://[::1]:4318", "::1", 4318, "/v1/traces"), ("http://[::1]", "::1", 80, "/v1/traces"),
    ])
    func `a collector is a host, a port and a path`(
        text: String, host: String, port: Int, path: String
    ) throws {
        let collector = try Samples.read(["OTEL_EXPORTER_OTLP_ENDPOINT": text]).traces.collector
        #expect(collector == CollectorAddress(host: host, port: UInt16(port), path: path))
    }

    @Test(arguments: [
        ("https://collector:4318", "asks for TLS, which is not spoken here"),
        ("collector:4318", "does not begin with http://"),
        ("grpc://c", "does not begin with http://"),
        ("http://", "has no host"), ("http://:4318", "has no host"), ("http:///x", "has no host"),
        ("http://c:0", "has a port that is not a number from 1 to 65535"),
        ("http://c:65536", "has a port that is not a number from 1 to 65535"),
        ("http://c:", "has a port that is not a number from 1 to 65535"),
        ("http://u:p@c:4318", "has more than a host, a port and a path"),
        ("http://c/?x=1", "has more than a host, a port and a path"),
        ("http://c/\u{E9}", "has blanks or other characters that no URL has"),
        ("http://c d", "has blanks or other characters that no URL has"),
        ("http://::1]:4318", "has brackets that are not around its host"),
    ])
    func `other addresses are refused`(text: String, complaint: String) {
        #expect(Samples.complaint("OTEL_EXPORTER_OTLP_ENDPOINT", text) == complaint)
    }

    @Test func `who asks for TLS is told what to do`() {
        let text = Samples.fault(["OTEL_EXPORTER_OTLP_ENDPOINT": "https://c"])
        #expect(text.contains("http://127.0.0.1:4318"))
    }

    @Test func `fields for the collector are decoded, and secret`() throws {
        let traces = try Samples.read([
            "OTEL_EXPORTER_OTLP_HEADERS": "x-api-key=a%20b%2Cc, X-Tenant=films ,empty="
        ]).traces
        #expect(
            traces.headers.reveal() == [
                NamedText("x-api-key", "a b,c"), NamedText("X-Tenant", "films"),
                NamedText("empty", ""),
            ])
        #expect(!"\(traces)".contains("films"))
    }

    @Test(arguments: [
        ("x", "has no name before a ="), ("=x", "has no name before a ="), ("a=1,,b=2", "is empty"),
        ("a=%0D%0AHost: x", "has a control character in its value"),
        ("a=%zz", "has a % without two hexadecimal digits behind it"),
        ("a b=1", "has a name that no header field has"),
        ("Content-Length=1", "sets a field that is not for others to set"),
        ("host=x", "sets a field that is not for others to set"),
    ])
    func `fields that could break a request are refused`(text: String, complaint: String) {
        #expect(Samples.complaint("OTEL_EXPORTER_OTLP_HEADERS", text) == complaint)
    }

    @Test(arguments: [("0", 0), ("1", 1), ("0.25", 0.25), ("1e-3", 0.001)])
    func `a ratio is a part of all`(text: String, ratio: Double) throws {
        #expect(try Samples.read(["OTEL_TRACES_SAMPLER_ARG": text]).traces.ratio == ratio)
    }

    @Test(arguments: ["-0.1", "1.01", "nan", "inf", "x", "10%"])
    func `other ratios are refused`(text: String) {
        #expect(
            Samples.complaint("OTEL_TRACES_SAMPLER_ARG", text) == "is not a number from 0 to 1")
    }

    @Test func `samplers go by OpenTelemetry's names`() throws {
        for sampling in Configuration.Sampling.allCases {
            let read = try Samples.read(["OTEL_TRACES_SAMPLER": sampling.rawValue])
            #expect(read.traces.sampling == sampling)
        }
        #expect(
            Samples.complaint("OTEL_TRACES_SAMPLER", "jaeger_remote")
                == "is not one of the choices")
    }

    @Test func `a batch fits into the queue`() throws {
        let name = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE"
        let sizes = [name: "64", "OTEL_BSP_MAX_QUEUE_SIZE": "64"]
        #expect(try Samples.read(sizes).traces.batchSpans == 64)
        let fault = Samples.fault([name: "65", "OTEL_BSP_MAX_QUEUE_SIZE": "64"])
        #expect(fault.contains("\(name)=\"65\" is more than OTEL_BSP_MAX_QUEUE_SIZE=64."))
    }
}
