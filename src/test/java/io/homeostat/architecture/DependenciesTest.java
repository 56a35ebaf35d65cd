package io.homeostat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// What the build pulls in has a reason in docs/dependencies.md.
class DependenciesTest {
    private static final Path DOCUMENT = Path.of("docs/dependencies.md");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| `([\\w.-]+)` \\|");

    @Test
    void everyDependencyHasALineAndEveryLineIsOfADependency() throws Exception {
        SortedSet<String> used =
                named(
                        "/project/dependencies/dependency/artifactId"
                                + " | /project/profiles/profile/dependencies/dependency/artifactId"
                                + " | /project/build/plugins/plugin/artifactId"
                                + " | //annotationProcessorPaths/path/artifactId");
        SortedSet<String> explained =
                LINE.matcher(TextFiles.read(DOCUMENT))
                        .results()
                        .map(line -> line.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).isNotEmpty();
        assertThat(explained).as("the lines of %s", DOCUMENT).isEqualTo(used);
    }

    private static SortedSet<String> named(String path) throws Exception {
        Document pom =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(Path.of("pom.xml").toFile());
        NodeList nodes =
                (NodeList)
                        XPathFactory.newInstance()
                                .newXPath()
                                .evaluate(path, pom, XPathConstants.NODESET);
        SortedSet<String> names = new TreeSet<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            names.add(nodes.item(i).getTextContent().strip());
        }
        return names;
    }
}
