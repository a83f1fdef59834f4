package org.gemel.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gemel.config.Located.KeyName;
import org.gemel.config.Located.Mapping;
import org.gemel.config.Located.Scalar;
import org.gemel.config.Located.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of located values. It goes on after a fault, so that one reading finds them all;
 * what it returns is used only if it found none. Null stands for "faulty" on the way.
 */
final class RecordBinder {
  private final List<Fault> faults;

  RecordBinder(List<Fault> faults) {
    this.faults = faults;
  }

  @Nullable Object bind(Type type, Located value, String key) {
    if (type instanceof ParameterizedType generic) {
      var raw = (Class<?>) generic.getRawType();
      var last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      if (raw == Optional.class) {
        var bound = bind(last, value, key);
        return bound == null ? null : Optional.of(bound);
      }
      if (raw == List.class) {
        return list(last, value, key);
      }
      if (raw == Map.class) {
        return map((Class<?>) generic.getActualTypeArguments()[0], last, value, key);
      }
    }
    if (type instanceof Class<?> plain) {
      var reader = ScalarReader.of(plain);
      if (reader.isPresent()) {
        return scalar(reader.get(), value, key);
      }
      if (plain.isRecord()) {
        return record(plain, value, key);
      }
    }
    throw new IllegalArgumentException(key + " has a type no configuration can hold: " + type);
  }

  private @Nullable Object scalar(Function<String, Object> reader, Located value, String key) {
    if (!(value instanceof Scalar scalar) || scalar.text() == null) {
      return fault(value, key, "found " + value.words() + ", wanted one value after the colon");
    }
    try {
      return reader.apply(scalar.text());
    } catch (IllegalArgumentException notOfItsKind) {
      return fault(value, key, words(notOfItsKind));
    }
  }

  private @Nullable Object list(Type item, Located value, String key) {
    if (!(value instanceof Sequence(_, _, var items))) {
      return fault(value, key, "found " + value.words() + ", wanted a list, each item after a '-'");
    }
    var bound = new ArrayList<Object>();
    for (int index = 0; index < items.size(); index++) {
      var one = bind(item, items.get(index), key + "[" + index + "]");
      if (one != null) {
        bound.add(one);
      }
    }
    return bound.size() == items.size() ? List.copyOf(bound) : null;
  }

  private @Nullable Object map(Class<?> keyType, Type item, Located value, String key) {
    if (!(value instanceof Mapping(_, _, var entries))) {
      return fault(value, key, "found " + value.words() + ", wanted a group of keys");
    }
    var bound = new LinkedHashMap<Object, Object>();
    entries.forEach(
        (name, entry) -> {
          var place = new Scalar(name.line(), name.column(), name.name());
          var boundKey = bind(keyType, place, key);
          var boundValue = bind(item, entry, below(key, name.name()));
          if (boundKey != null && boundValue != null) {
            bound.put(boundKey, boundValue);
          }
        });
    return bound.size() == entries.size() ? Collections.unmodifiableMap(bound) : null;
  }

  private @Nullable Object record(Class<?> type, Located value, String key) {
    if (!(value instanceof Mapping(_, _, var entries))) {
      return fault(
          value,
          key,
          "found " + value.words() + ", wanted the keys " + String.join(", ", names(type)));
    }
    int before = faults.size();
    var known = names(type);
    var present = new HashMap<String, Located>();
    for (Map.Entry<KeyName, Located> entry : entries.entrySet()) {
      var name = entry.getKey();
      if (known.contains(name.name())) {
        present.put(name.name(), entry.getValue());
      } else {
        faults.add(
            new Fault(
                name.line(), name.column(), below(key, name.name()), unknown(name.name(), known)));
      }
    }
    var components = type.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int index = 0; index < components.length; index++) {
      var component = components[index];
      var given = present.get(component.getName());
      arguments[index] =
          given == null
              ? absent(component, value, key)
              : bind(component.getGenericType(), given, below(key, component.getName()));
    }
    return faults.size() > before ? null : construct(type, components, arguments, value, key);
  }

  private @Nullable Object absent(RecordComponent component, Located record, String key) {
    var byDefault = component.getAnnotation(Default.class);
    if (byDefault != null) {
      var text = new Scalar(record.line(), record.column(), byDefault.value());
      return bind(component.getGenericType(), text, below(key, component.getName()));
    }
    var type = component.getType();
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    return fault(
        record,
        below(key, component.getName()),
        "found nothing, wanted a value: this key must be set");
  }

  private @Nullable Object construct(
      Class<?> type,
      RecordComponent[] components,
      @Nullable Object[] arguments,
      Located value,
      String key) {
    try {
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException rule) {
        return fault(value, key, words(rule));
      }
      throw new IllegalStateException("the record " + type.getName() + " failed", refused);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("the record " + type.getName() + " is closed", impossible);
    }
  }

  private @Nullable Object fault(Located value, String key, String words) {
    faults.add(new Fault(value.line(), value.column(), key, words));
    return null;
  }

  private static String unknown(String found, List<String> known) {
    return NearestKey.of(found, known)
        .map(nearest -> "found an unknown key; did you mean '" + nearest + "'?")
        .orElse("found an unknown key, wanted one of " + String.join(", ", known));
  }

  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static String below(String key, String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  private static String words(IllegalArgumentException fault) {
    return fault.getMessage() == null ? fault.toString() : fault.getMessage();
  }
}
