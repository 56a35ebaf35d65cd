package io.homeostat.crash.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds to each place a call of [Stop#at]. A class that cannot be woven is reported to the test,
/// and loaded as it is.
final class Weaver implements ClassFileTransformer {
    private static final ClassDesc STOP = ClassDesc.of(Stop.class.getName());
    private static final MethodTypeDesc AT =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private final List<Place> places;
    private final Path talk;

    Weaver(List<Place> places, Path talk) {
        this.places = places;
        this.talk = talk;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null || loader == null) {
            return null;
        }
        String type = name.replace('/', '.');
        List<Place> here = places.stream().filter(each -> each.type().equals(type)).toList();
        if (here.isEmpty()) {
            return null;
        }
        try {
            return woven(loader, here, bytes);
        } catch (RuntimeException | Error failed) {
            report(type, failed);
            return null;
        }
    }

    private static byte[] woven(ClassLoader loader, List<Place> here, byte[] bytes) {
        // The program's own classes are found where the program finds them, as resources: loading
        // them here would be too early.
        ClassFile file =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(loader)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = file.parse(bytes);
        ClassTransform transform = ClassTransform.ACCEPT_ALL;
        for (Place place : here) {
            transform =
                    transform.andThen(
                            ClassTransform.transformingMethodBodies(
                                    method -> isAt(method, place), calling(place)));
        }
        return file.transformClass(model, transform);
    }

    private static boolean isAt(MethodModel method, Place place) {
        return method.methodName().equalsString(place.method()) && method.code().isPresent();
    }

    private static CodeTransform calling(Place place) {
        return switch (place.side()) {
            case ENTRY ->
                    new CodeTransform() {
                        @Override
                        public void atStart(CodeBuilder code) {
                            call(code, place);
                        }

                        @Override
                        public void accept(CodeBuilder code, CodeElement element) {
                            code.with(element);
                        }
                    };
            case EXIT ->
                    (code, element) -> {
                        if (element instanceof ReturnInstruction) {
                            call(code, place);
                        }
                        code.with(element);
                    };
        };
    }

    private static void call(CodeBuilder code, Place place) {
        code.ldc(place.toString()).invokestatic(STOP, "at", AT);
    }

    private void report(String type, Throwable failed) {
        StringWriter text = new StringWriter();
        failed.printStackTrace(new PrintWriter(text));
        try {
            Files.writeString(talk.resolve(Stop.BROKEN), type + ": " + text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
