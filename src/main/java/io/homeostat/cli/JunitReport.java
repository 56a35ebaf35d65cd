package io.homeostat.cli;

import io.homeostat.scenario.ScenarioFault;
import io.homeostat.scenario.ScenarioResult;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// The results of scenarios as the XML that CI servers read.
final class JunitReport {
    private JunitReport() {}

    static void write(Path file, List<Played> results, List<ScenarioFault> faults)
            throws IOException {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            long failed = results.stream().filter(played -> !played.result().passed()).count();
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "scenarios");
            xml.writeAttribute("tests", String.valueOf(results.size() + faults.size()));
            xml.writeAttribute("failures", String.valueOf(failed));
            xml.writeAttribute("errors", String.valueOf(faults.size()));
            Duration all = results.stream().map(Played::took).reduce(Duration.ZERO, Duration::plus);
            xml.writeAttribute("time", seconds(all));
            for (Played played : results) {
                ScenarioResult result = played.result();
                begin(xml, result.scenario().file(), result.scenario().name());
                xml.writeAttribute("file", legal(result.scenario().file()));
                xml.writeAttribute("line", String.valueOf(result.scenario().line()));
                xml.writeAttribute("time", seconds(played.took()));
                if (!result.passed()) {
                    end(xml, "failure", result.faults().getFirst(), result.text());
                }
                xml.writeEndElement();
            }
            for (ScenarioFault fault : faults) {
                begin(xml, fault.file(), "the file can be read");
                xml.writeAttribute("file", legal(fault.file()));
                xml.writeAttribute("line", String.valueOf(fault.line()));
                xml.writeAttribute("time", seconds(Duration.ZERO));
                end(xml, "error", fault.message(), fault.text());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IOException("the JUnit XML could not be written", impossible);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text.toString());
    }

    private static void begin(XMLStreamWriter xml, String file, String name)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", legal(file));
        xml.writeAttribute("name", legal(name));
    }

    private static void end(XMLStreamWriter xml, String kind, String message, String text)
            throws XMLStreamException {
        xml.writeStartElement(kind);
        xml.writeAttribute("message", legal(message));
        xml.writeCharacters(legal(text));
        xml.writeEndElement();
    }

    private static String seconds(Duration duration) {
        return "%d.%03d".formatted(duration.toSeconds(), duration.toMillisPart());
    }

    /// XML has no way to say control characters.
    private static String legal(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }
}
